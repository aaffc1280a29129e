"""Which detections, and fuller bundles of them, still want which piece of evidence, as rows of the outbox's file.

A piece is stored once, however many name it. It is held until one of them was accepted, and forgotten when all were and
have had it sent.
"""

import sqlite3
from collections.abc import Iterable

from detection import letters
from detection.letters import Kind


def want(db: sqlite3.Connection, kind: Kind, key: str, pieces: Iterable[tuple[str, bytes]]) -> None:
    """Each piece is its name and its sealed content. Each letter that wants it gets it sent."""
    for name, sealed in pieces:
        letters.insert(db, Kind.BLOB, name, "", sealed, held=True)
        db.execute("INSERT OR IGNORE INTO wanted (kind, key, blob, state) VALUES (?, ?, ?, 'held')", (kind, key, name))


def accepted(db: sqlite3.Connection, kind: Kind, key: str) -> None:
    """The appliance has a letter: forget it, and let what belongs to it follow."""
    db.execute("DELETE FROM letters WHERE kind = ? AND key = ?", (kind, key))
    db.execute("UPDATE wanted SET state = 'accepted' WHERE kind = ? AND key = ?", (kind, key))
    db.execute(
        "UPDATE letters SET held = 0 WHERE kind = 'blob' AND key IN "
        "(SELECT blob FROM wanted WHERE kind = ? AND key = ?)",
        (kind, key),
    )
    if kind is Kind.DETECTION:
        db.execute("UPDATE letters SET held = 0 WHERE kind = 'supplement' AND key = ?", (key,))


def arrived(db: sqlite3.Connection, name: str) -> None:
    """The appliance has a piece: done for all accepted so far; kept, and sent again, for one that is still waiting."""
    db.execute("DELETE FROM wanted WHERE blob = ? AND state = 'accepted'", (name,))
    db.execute(
        "DELETE FROM letters WHERE kind = 'blob' AND key = ? AND NOT EXISTS (SELECT 1 FROM wanted WHERE blob = ?)",
        (name, name),
    )
    db.execute("UPDATE letters SET held = 1, tries = 0, next_at = 0 WHERE kind = 'blob' AND key = ?", (name,))


def shelve(db: sqlite3.Connection, kind: Kind, key: str, reason: str) -> None:
    """A letter is refused for good: it is kept with what it wants, and never sent."""
    db.execute("UPDATE letters SET aside = ? WHERE kind = ? AND key = ?", (reason, kind, key))
    db.execute("UPDATE wanted SET state = 'aside' WHERE kind = ? AND key = ?", (kind, key))


def drop_oldest(db: sqlite3.Connection, size: int) -> int:
    """Forget the oldest pieces, so that at least ``size`` bytes become free; how many that were."""
    pieces = db.execute("SELECT key, length(sealed) FROM letters WHERE kind = 'blob' ORDER BY seq").fetchall()
    dropped = list[str]()
    for key, length in pieces:
        if size <= 0:
            break
        dropped.append(key)
        size -= length
    for key in dropped:
        db.execute("DELETE FROM letters WHERE kind = 'blob' AND key = ?", (key,))
        db.execute("DELETE FROM wanted WHERE blob = ?", (key,))
    return len(dropped)
