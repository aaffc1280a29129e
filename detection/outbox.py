"""What a sensor has detected and not yet delivered: sealed, on disk, in the order it happened."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from detection import letters, wanted_evidence
from detection.letters import Kind, Letter
from detection.outbox_file import VERSION, OutboxError, OutboxFull, named_errors, open_file, open_memory, transaction
from detection.room import free_bytes

__all__ = ["Outbox", "OutboxCounts", "OutboxError", "OutboxFull"]

DEFAULT_MAX_BYTES = 4 * 2**30


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
            if letters.insert(db, Kind.DETECTION, id, _stamp(reported_at), sealed, held=False):
                wanted_evidence.want(db, Kind.DETECTION, id, blobs)
                self._note(db, id, severity)

    def put_supplement(
        self, *, id: str, reported_at: datetime, sealed: bytes, blobs: Iterable[tuple[str, bytes]] = ()
    ) -> None:
        """Store the fuller bundle for the detection of that id, to be sent once that was accepted."""
        with self._changing() as db:
            held = letters.is_here(db, Kind.DETECTION, id)
            if letters.insert(db, Kind.SUPPLEMENT, id, _stamp(reported_at), sealed, held=held):
                wanted_evidence.want(db, Kind.SUPPLEMENT, id, blobs)
            if (reason := letters.why_aside(db, Kind.DETECTION, id)) is not None:
                wanted_evidence.shelve(db, Kind.SUPPLEMENT, id, reason)

    def due(self, kind: Kind, now: float, limit: int) -> list[Letter]:
        """What may be sent now, oldest first; what failed before comes after what did not."""
        with self._reading() as db:
            return letters.due(db, kind, now, limit)

    def next_at(self, kinds: tuple[Kind, ...]) -> float | None:
        """When the next letter of these kinds may be sent; None if none waits."""
        with self._reading() as db:
            return letters.next_at(db, kinds)

    def delivered(self, kind: Kind, key: str) -> None:
        """The appliance has it: forget it, and let what belongs to it follow."""
        with self._changing() as db:
            if kind is Kind.BLOB:
                wanted_evidence.arrived(db, key)
            else:
                wanted_evidence.accepted(db, kind, key)

    def retry_at(self, kind: Kind, key: str, when: float) -> None:
        with self._changing() as db:
            letters.retry_at(db, kind, key, when)

    def set_aside(self, kind: Kind, key: str, reason: str) -> None:
        """Refused for good: keep it, sealed, with what belongs to it, and never send it."""
        with self._changing() as db:
            wanted_evidence.shelve(db, kind, key, reason)
            if kind is Kind.DETECTION:
                wanted_evidence.shelve(db, Kind.SUPPLEMENT, key, reason)

    def drop_evidence(self, size: int) -> int:
        """Forget the oldest recordings, so that at least ``size`` bytes become free; how many pieces that were."""
        with self._changing() as db:
            return wanted_evidence.drop_oldest(db, size)

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

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, named_errors(self._file):
            yield self._db

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]  # SQL is untyped
        with self._reading() as db:
            return db.execute(query, values).fetchall()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


_COUNTS = """
SELECT (SELECT count(*) FROM letters WHERE kind = 'detection' AND aside IS NULL),
       (SELECT count(*) FROM letters WHERE kind = 'supplement' AND aside IS NULL)
         + (SELECT count(*) FROM letters WHERE kind = 'blob' AND aside IS NULL
            AND EXISTS (SELECT 1 FROM wanted WHERE blob = letters.key AND state != 'aside')),
       (SELECT count(*) FROM letters WHERE aside IS NOT NULL),
       (SELECT reported_at FROM letters WHERE kind = 'detection' AND aside IS NULL ORDER BY seq LIMIT 1)
"""
