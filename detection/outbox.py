"""What a sensor has detected and not yet delivered: sealed, on disk, in the order it happened."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock

from detection.outbox_file import VERSION, OutboxError, OutboxFull, named_errors, open_file, open_memory, transaction
from detection.room import free_bytes

__all__ = ["Kind", "Letter", "Outbox", "OutboxCounts", "OutboxError", "OutboxFull"]

DEFAULT_MAX_BYTES = 4 * 2**30


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    waiting: int
    """Detections not yet accepted."""
    blobs_waiting: int
    """Pieces and bundles of evidence still to be sent."""
    set_aside: int
    """Refused for good by the appliance, and kept."""
    oldest_waiting: datetime | None


class Outbox:
    """Safe against a kill at any point and for use from several threads. Every method may raise OutboxError.

    Times to try again are seconds on any clock that does not jump (``time.monotonic``); a restart forgets them.
    """

    def __init__(self, file: Path | None, max_bytes: int = DEFAULT_MAX_BYTES, reserve: int = 0) -> None:
        """Without a file it is in memory only. ``reserve``: bytes of the disk that recordings must leave free."""
        self._reserve = reserve if file else 0
        self._file = file or Path("memory")
        self._db = open_file(file, max_bytes) if file else open_memory(max_bytes)
        self._lock = Lock()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @property
    def has_room(self) -> bool:
        """For recordings: for words there is room as long as the disk takes any."""
        return not self._reserve or free_bytes(self._file) >= self._reserve

    def put(
        self,
        *,
        id: str,
        reported_at: datetime,
        sealed: bytes,
        blobs: Iterable[tuple[str, bytes]] = (),
        severity: int | None = None,
    ) -> None:
        """Store a detection with the sealed pieces of its evidence. It is on the disk when this returns.

        The same id again changes nothing. ``severity``: for an outbox that must choose what to drop; not kept by this.
        """
        with self._changing() as db:
            if _insert(db, Kind.DETECTION, id, reported_at.astimezone(UTC).isoformat(), sealed, held=False):
                _want(db, Kind.DETECTION, id, "held", blobs)
                self._note(db, id, severity)

    def put_supplement(
        self, *, id: str, reported_at: datetime, sealed: bytes, blobs: Iterable[tuple[str, bytes]] = ()
    ) -> None:
        """Store the fuller bundle for the detection of that id, to be sent once that was accepted."""
        with self._changing() as db:
            parent = db.execute("SELECT aside FROM letters WHERE kind = 'detection' AND key = ?", (id,)).fetchone()
            if _insert(
                db, Kind.SUPPLEMENT, id, reported_at.astimezone(UTC).isoformat(), sealed, held=parent is not None
            ):
                _want(db, Kind.SUPPLEMENT, id, "held", blobs)
            if parent is not None and parent[0] is not None:
                _shelve(db, Kind.SUPPLEMENT, id, parent[0])

    def due(self, kind: Kind, now: float, limit: int) -> list[Letter]:
        """What may be sent now, oldest first; what failed before comes after what did not."""
        return [
            Letter(kind=kind, key=key, reported_at=reported_at, tries=tries, sealed=sealed)
            for key, reported_at, tries, sealed in self._rows(
                "SELECT key, reported_at, tries, sealed FROM letters WHERE seq IN ("
                "SELECT seq FROM letters WHERE kind = ? AND aside IS NULL AND held = 0 AND next_at <= ? "
                "ORDER BY next_at, seq LIMIT ?) ORDER BY next_at, seq",
                (kind, now, limit),
            )
        ]

    def next_at(self, kinds: tuple[Kind, ...]) -> float | None:
        """When the next letter of these kinds may be sent; None if none waits."""
        query = "SELECT min(next_at) FROM letters WHERE kind = ? AND aside IS NULL AND held = 0"
        times = [at for kind in kinds for (at,) in self._rows(query, (kind,)) if at is not None]
        return min(times, default=None)

    def delivered(self, kind: Kind, key: str) -> None:
        """The appliance has it: forget it, and let what belongs to it follow."""
        with self._changing() as db:
            if kind is Kind.BLOB:
                _forget_blob(db, key)
                return
            db.execute("DELETE FROM letters WHERE kind = ? AND key = ?", (kind, key))
            db.execute("UPDATE wanted SET state = 'accepted' WHERE kind = ? AND key = ?", (kind, key))
            db.execute(
                "UPDATE letters SET held = 0 WHERE kind = 'blob' AND key IN "
                "(SELECT blob FROM wanted WHERE kind = ? AND key = ?)",
                (kind, key),
            )
            if kind is Kind.DETECTION:
                db.execute("UPDATE letters SET held = 0 WHERE kind = 'supplement' AND key = ?", (key,))

    def retry_at(self, kind: Kind, key: str, when: float) -> None:
        with self._changing() as db:
            db.execute(
                "UPDATE letters SET tries = tries + 1, next_at = ? WHERE kind = ? AND key = ?", (when, kind, key)
            )

    def set_aside(self, kind: Kind, key: str, reason: str) -> None:
        """Refused for good: keep it, sealed, with what belongs to it, and never send it."""
        with self._changing() as db:
            _shelve(db, kind, key, reason)
            if kind is Kind.DETECTION:
                _shelve(db, Kind.SUPPLEMENT, key, reason)

    def drop_evidence(self, size: int) -> int:
        """Forget the oldest recordings, so that at least ``size`` bytes become free; how many pieces that were."""
        with self._changing() as db:
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

    def drop_least(self, size: int, severity: int) -> int:
        """Forget what matters least, and not more than what is of ``severity``, where there is no other room; how many
        detections that were. This outbox forgets none."""
        return 0

    def sent_at(self, letter: Letter, now: datetime) -> datetime:
        """What the sensor's clock would say now, had it not been set since it made the letter. This outbox does not
        know of that."""
        return now

    def _note(self, db: sqlite3.Connection, id: str, severity: int | None) -> None:
        """For an outbox that keeps more beside a detection, in the same step."""

    def counts(self) -> OutboxCounts:
        ((waiting, evidence, aside, oldest),) = self._rows(_COUNTS, ())
        return OutboxCounts(
            waiting=waiting,
            blobs_waiting=evidence,
            set_aside=aside,
            oldest_waiting=datetime.fromisoformat(oldest).astimezone(UTC) if oldest else None,
        )

    def prove(self) -> None:
        """OutboxError while the disk does not take what is written."""
        with self._changing() as db:
            db.execute(f"PRAGMA user_version = {VERSION}")

    def tidy(self) -> None:
        """Empty the journal, so that what was delivered does not linger there. For when there is nothing to do."""
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)", ())

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, named_errors(self._file), transaction(self._db):
            yield self._db

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]  # SQL is untyped
        with self._lock, named_errors(self._file):
            return self._db.execute(query, values).fetchall()


_COUNTS = """
SELECT (SELECT count(*) FROM letters WHERE kind = 'detection' AND aside IS NULL),
       (SELECT count(*) FROM letters WHERE kind = 'supplement' AND aside IS NULL)
         + (SELECT count(*) FROM letters WHERE kind = 'blob' AND aside IS NULL
            AND EXISTS (SELECT 1 FROM wanted WHERE blob = letters.key AND state != 'aside')),
       (SELECT count(*) FROM letters WHERE aside IS NOT NULL),
       (SELECT reported_at FROM letters WHERE kind = 'detection' AND aside IS NULL ORDER BY seq LIMIT 1)
"""


def _insert(db: sqlite3.Connection, kind: Kind, key: str, reported_at: str, sealed: bytes, *, held: bool) -> bool:
    """Whether it was new."""
    return db.execute(
        "INSERT OR IGNORE INTO letters (kind, key, reported_at, held, sealed) VALUES (?, ?, ?, ?, ?)",
        (kind, key, reported_at, held, sealed),
    ).rowcount == 1  # fmt: skip


def _want(db: sqlite3.Connection, kind: Kind, key: str, state: str, blobs: Iterable[tuple[str, bytes]]) -> None:
    """Store each blob once, however many detections name it; each of them still gets it sent."""
    for name, sealed in blobs:
        _insert(db, Kind.BLOB, name, "", sealed, held=True)
        db.execute(
            "INSERT OR IGNORE INTO wanted (kind, key, blob, state) VALUES (?, ?, ?, ?)", (kind, key, name, state)
        )


def _forget_blob(db: sqlite3.Connection, name: str) -> None:
    """Done for every detection accepted so far; kept, and sent again, for one that is still waiting."""
    db.execute("DELETE FROM wanted WHERE blob = ? AND state = 'accepted'", (name,))
    db.execute(
        "DELETE FROM letters WHERE kind = 'blob' AND key = ? AND NOT EXISTS (SELECT 1 FROM wanted WHERE blob = ?)",
        (name, name),
    )
    db.execute("UPDATE letters SET held = 1, tries = 0, next_at = 0 WHERE kind = 'blob' AND key = ?", (name,))


def _shelve(db: sqlite3.Connection, kind: Kind, key: str, reason: str) -> None:
    db.execute("UPDATE letters SET aside = ? WHERE kind = ? AND key = ?", (reason, kind, key))
    db.execute("UPDATE wanted SET state = 'aside' WHERE kind = ? AND key = ?", (kind, key))
