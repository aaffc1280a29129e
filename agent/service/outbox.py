"""The device's outbox: it remembers what it took, and when it is full it drops the oldest of the lowest severity.

What it has to know for that of a letter lies beside it, encrypted with a key that hangs on the device's own: whether it
is of a low severity, and no more. Whoever has the outbox alone learns nothing; whoever has the device's key too learns
"low" or "not low" of what waits, and neither words nor category.
"""

import hmac
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from detection.letters import Kind, Letter
from detection.outbox import Outbox, OutboxError

LOW = 2
"""The highest severity that is dropped before all others."""
REMEMBERED = timedelta(days=14)
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS taken (id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS places "
    "(place BLOB PRIMARY KEY, severity BLOB NOT NULL, at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS ranks (id TEXT PRIMARY KEY, rank BLOB NOT NULL, shift REAL NOT NULL) WITHOUT ROWID",
)


class DeviceOutbox(Outbox):
    """``expect`` says beforehand which place the next detection is of; both are called from the inspection thread.
    ``dropped`` is told how many detections had to go; ``shift`` says by how many seconds the clock was ever set."""

    def __init__(
        self,
        file: Path,
        key: bytes,
        max_bytes: int,
        reserve: int = 0,
        *,
        dropped: Callable[[int], None] = lambda _: None,
        shift: Callable[[], float] = lambda: 0.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(file, max_bytes, reserve)
        self._key, self._box, self._now = key, SecretBox(key), clock
        self._dropped, self._shift = dropped, shift
        self._expected: tuple[str, bytes] = ("", b"")
        with self._changing() as db:
            for statement in _SCHEMA:
                db.execute(statement)
            long_ago = (clock() - REMEMBERED).isoformat()
            db.execute("DELETE FROM taken WHERE at < ?", (long_ago,))
            db.execute("DELETE FROM places WHERE at < ?", (long_ago,))

    def has_taken(self, id: str) -> bool:
        """Whether a detection of that id was put here, delivered since or not."""
        return bool(self._remembered("SELECT 1 FROM taken WHERE id = ?", id))

    def place(self, account: str, place: str) -> bytes:
        """What it is remembered by: nothing that says which it was."""
        return hmac.digest(self._key, f"{account}\n{place}".encode(), "sha256") if place else b""

    def severity_at(self, place: bytes) -> int:
        """What was reported of that place; 0: nothing."""
        found = self._remembered("SELECT severity FROM places WHERE place = ?", place) if place else []
        return self._opened(found[0][0]) if found else 0

    def expect(self, id: str, place: bytes) -> None:
        self._expected = id, place

    def drop_least(self, size: int, severity: int) -> int:
        """The oldest of low severity; where there are none, and room is needed for something graver, the oldest."""
        with self._changing() as db:
            rows = db.execute(
                "SELECT letters.key, length(letters.sealed), ranks.rank FROM letters LEFT JOIN ranks "
                "ON ranks.id = letters.key WHERE kind = 'detection' ORDER BY seq"
            ).fetchall()
            rows = [row for row in rows if self._is_low(row[2])] or (rows if severity > LOW else [])
            gone = 0
            for id, length, _ in rows:
                if size <= 0:
                    break
                _forget(db, id)
                gone, size = gone + 1, size - length
        if gone:
            self._dropped(gone)
        return gone

    def delivered(self, kind: Kind, key: str) -> None:
        super().delivered(kind, key)
        if kind is Kind.DETECTION:
            with self._changing() as db:
                db.execute("DELETE FROM ranks WHERE id = ?", (key,))

    def sent_at(self, letter: Letter, now: datetime) -> datetime:
        """So that the appliance, which corrects a wrong clock by this, corrects the one that the letter was made by."""
        found = self._rows("SELECT shift FROM ranks WHERE id = ?", (letter.key,))
        return now - timedelta(seconds=self._shift() - found[0][0]) if found else now

    def _note(self, db: sqlite3.Connection, id: str, severity: int | None) -> None:
        now, graver = self._now().isoformat(), severity or LOW + 1
        db.execute("INSERT OR IGNORE INTO taken (id, at) VALUES (?, ?)", (id, now))
        rank = self._sealed(int(graver <= LOW))
        db.execute("INSERT OR REPLACE INTO ranks (id, rank, shift) VALUES (?, ?, ?)", (id, rank, self._shift()))
        expected, place = self._expected
        if expected == id and place:
            db.execute(
                "INSERT OR REPLACE INTO places (place, severity, at) VALUES (?, ?, ?)",
                (place, self._sealed(graver), now),
            )

    def _remembered(self, query: str, key: str | bytes) -> list[tuple]:  # type: ignore[type-arg]  # SQL is untyped
        """Nothing where the disk cannot be read: said twice is better than lost, and the appliance knows the id."""
        try:
            return self._rows(query, (key,))
        except OutboxError:
            return []

    def _sealed(self, number: int) -> bytes:
        return bytes(self._box.encrypt(bytes([number])))

    def _opened(self, sealed: bytes) -> int:
        try:
            return self._box.decrypt(sealed)[0]
        except CryptoError:
            return 0

    def _is_low(self, rank: bytes | None) -> bool:
        return rank is not None and self._opened(rank) == 1


def _forget(db: sqlite3.Connection, id: str) -> None:
    """With what belongs to it, where nothing else wants that."""
    for kind in (Kind.DETECTION, Kind.SUPPLEMENT):
        db.execute("DELETE FROM letters WHERE kind = ? AND key = ?", (kind, id))
        db.execute("DELETE FROM wanted WHERE kind = ? AND key = ?", (kind, id))
    db.execute("DELETE FROM letters WHERE kind = 'blob' AND key NOT IN (SELECT blob FROM wanted)")
    db.execute("DELETE FROM ranks WHERE id = ?", (id,))
