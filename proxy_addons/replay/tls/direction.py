"""One side of a recorded TLS connection: its records, opened one after another, and found again behind a hole."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from proxy_addons.replay.tls.protection import Protection, Unopened
from proxy_addons.replay.tls.records import APPLICATION, CHANGE_CIPHER_SPEC, Record, Records, TlsError
from proxy_addons.replay.tls.resync import LOST, UNKNOWN, Resync

NO_KEYS = "TLS without keys"
NOT_OPENED = "a record that its key does not open"
NO_RECORD = "what is no TLS record"
CUT_OFF = "a record that is cut off"
TOO_EARLY = "application data before there can be any"
MOST_TRIED = 256
"""Records tried with a key that may come into force with any of them."""
MOST_HELD = 1 << 18
"""Bytes of early data; servers take some tens of thousands at most."""


class Plain(NamedTuple):
    kind: int
    data: bytes
    lost: int = 0
    """Bytes of content missing here; then there is no data."""


class Direction:
    """In clear until it is told otherwise; who reads it tells after each record what opens the next."""

    def __init__(self, *, holds: bool) -> None:
        """``holds``: protected records may come before it is known what opens them, and are held until ``release``."""
        self.unread: Counter[str] = Counter()
        """Bytes, by the reason why they were not read."""
        self.stopped = ""
        """Why no more of this side is read; empty while it is."""
        self._records = Records()
        self._held: list[Record] | None = [] if holds else None
        self._held_bytes = 0
        self._protection: Protection | None = None
        self._number = 0
        self._coming: tuple[Protection, str] | None = None
        self._tried = 0
        self._resync: Resync | None = None
        self._spent = 0
        self._padded = False

    @property
    def is_holding(self) -> bool:
        return self._held is not None

    def protect(self, protection: Protection | None) -> None:
        """From the next record on. None where its key is not known."""
        self._protection, self._number, self._coming = protection, 0, None
        if protection is None:
            self.stop(NO_KEYS)

    def expect(self, protection: Protection, until_then: str) -> None:
        """It comes into force with the first record it opens; what comes before is not read, for the reason given."""
        self._protection, self._coming, self._tried = None, (protection, until_then), 0

    def release(self) -> Iterator[Plain]:
        """What was held can be opened now, as far as ``protect`` or ``expect`` say."""
        held, self._held, self._held_bytes = self._held or [], None, 0
        for record in held:
            yield from self._take(record)

    def drop_held(self, reason: str) -> None:
        self.unread[reason] += self._held_bytes
        self._held_bytes = 0
        if self._held:
            self._held.clear()

    def stop(self, reason: str) -> None:
        if not self.stopped:
            self.stopped = reason
            self.drop_held(reason)
            self.unread[reason] += len(self._records.take()) + (self._resync.held if self._resync else 0)

    def feed(self, data: bytes) -> Iterator[Plain]:
        if self.stopped:
            self.unread[self.stopped] += len(data)
        elif self._resync:
            yield from self._find_again(self._resync, data)
        else:
            yield from self._read(data)

    def lost(self, size: int) -> None:
        """A hole."""
        if self._resync:
            self._resync.lost(size)
        elif self._protection:
            missing = size + len(self._records.take())
            self._resync = Resync(self._protection, self._number, missing, self._spent)
        else:
            self.stop(LOST)

    def end(self) -> None:
        """Nothing more comes: what is not a whole record never will be."""
        if self._resync or self._records.held or self._held:
            self.stop(LOST if self._resync else CUT_OFF)

    def _find_again(self, resync: Resync, data: bytes) -> Iterator[Plain]:
        try:
            found = resync.feed(data)
        except TlsError as e:
            self.stop(str(e))
            return
        if found:
            self._resync, self._number, self._spent = None, found.number, resync.spent
            yield Plain(APPLICATION, b"", UNKNOWN if self._padded else found.lost)
            yield from self._read(found.rest)

    def _read(self, data: bytes) -> Iterator[Plain]:
        for record in self._records.feed(data):
            yield from self._take(record)
        if self._records.is_broken:
            self.stop(NO_RECORD)

    def _take(self, record: Record) -> Iterator[Plain]:
        if self.stopped:
            self.unread[self.stopped] += len(record.body)
        elif record.kind == CHANGE_CIPHER_SPEC and len(record.body) == 1:
            yield Plain(record.kind, record.body)  # in clear the first time, and always in TLS 1.3
        elif self._protection:
            yield from self._open(self._protection, record)
        elif self._coming:
            yield from self._try(*self._coming, record)
        elif record.kind == APPLICATION:
            self._hold(record)
        else:
            yield Plain(record.kind, record.body)

    def _open(self, protection: Protection, record: Record) -> Iterator[Plain]:
        try:
            opened = protection.open(record, self._number)
        except Unopened:
            if record.kind == APPLICATION or not protection.hides_kinds:
                self.unread[NOT_OPENED] += len(record.body)
                self.stop(NOT_OPENED)
            return
        self._number += 1
        self._padded |= opened.padded
        yield Plain(opened.kind, opened.data)

    def _try(self, protection: Protection, reason: str, record: Record) -> Iterator[Plain]:
        try:
            opened = protection.open(record, 0)
        except Unopened:
            self.unread[reason] += len(record.body)
            self._tried += 1
            if self._tried > MOST_TRIED:
                self.stop(reason)
            return
        self._protection, self._coming, self._number = protection, None, 1
        yield Plain(opened.kind, opened.data)

    def _hold(self, record: Record) -> None:
        self._held_bytes += len(record.body)
        if self._held is None or self._held_bytes > MOST_HELD:
            self.unread[TOO_EARLY] += len(record.body)
            self.stop(TOO_EARLY)
        else:
            self._held.append(record)
