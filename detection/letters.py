"""Letters: what is to be sent to the appliance, one by one and in order, as rows of the outbox's file."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is sent; in this order, each only once what it belongs to was accepted."""

    DETECTION = "detection"
    SUPPLEMENT = "supplement"
    """A fuller evidence bundle for a detection; its key is the detection's id."""
    BLOB = "blob"
    """One piece of evidence; its key is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One thing to send. Nothing in it can be read without the appliance's private key."""

    kind: Kind
    key: str
    reported_at: str
    """RFC 3339; empty for a blob."""
    tries: int
    sealed: bytes


def insert(db: sqlite3.Connection, kind: Kind, key: str, reported_at: str, sealed: bytes, *, held: bool) -> bool:
    """Whether it was new; a key that is there changes nothing. One that is ``held`` is not due until it is let go."""
    return db.execute(
        "INSERT OR IGNORE INTO letters (kind, key, reported_at, held, sealed) VALUES (?, ?, ?, ?, ?)",
        (kind, key, reported_at, held, sealed),
    ).rowcount == 1  # fmt: skip


def due(db: sqlite3.Connection, kind: Kind, now: float, limit: int) -> list[Letter]:
    """What may be sent now, oldest first; what failed before comes after what did not."""
    rows = db.execute(
        "SELECT key, reported_at, tries, sealed FROM letters WHERE seq IN ("
        "SELECT seq FROM letters WHERE kind = ? AND aside IS NULL AND held = 0 AND next_at <= ? "
        "ORDER BY next_at, seq LIMIT ?) ORDER BY next_at, seq",
        (kind, now, limit),
    )
    return [
        Letter(kind=kind, key=key, reported_at=reported_at, tries=tries, sealed=sealed)
        for key, reported_at, tries, sealed in rows
    ]


def next_at(db: sqlite3.Connection, kinds: tuple[Kind, ...]) -> float | None:
    """When the next letter of these kinds may be sent; None if none waits."""
    query = "SELECT min(next_at) FROM letters WHERE kind = ? AND aside IS NULL AND held = 0"
    times = [at for kind in kinds for (at,) in db.execute(query, (kind,)) if at is not None]
    return min(times, default=None)


def retry_at(db: sqlite3.Connection, kind: Kind, key: str, when: float) -> None:
    db.execute("UPDATE letters SET tries = tries + 1, next_at = ? WHERE kind = ? AND key = ?", (when, kind, key))


def is_here(db: sqlite3.Connection, kind: Kind, key: str) -> bool:
    return bool(db.execute("SELECT 1 FROM letters WHERE kind = ? AND key = ?", (kind, key)).fetchone())


def why_aside(db: sqlite3.Connection, kind: Kind, key: str) -> str | None:
    """What it was set aside for; None where it was not, or is not here."""
    found = db.execute("SELECT aside FROM letters WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    return found[0] if found else None
