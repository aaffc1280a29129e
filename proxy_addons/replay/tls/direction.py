"""One side of a recorded TLS connection: its records, opened one after another, and found again behind a hole."""

from collections import Counter
from collections.abc import Iterator

from proxy_addons.replay.tls.early_records import EarlyRecords
from proxy_addons.replay.tls.lock import Lock, Plain, Shut
from proxy_addons.replay.tls.protection import Protection
from proxy_addons.replay.tls.records import APPLICATION, CHANGE_CIPHER_SPEC, Record, Records, TlsError
from proxy_addons.replay.tls.resync import LOST, UNKNOWN, Resync

NO_KEYS = "TLS without keys"
NO_RECORD = "what is no TLS record"
CUT_OFF = "a record that is cut off"
TOO_EARLY = "application data before there can be any"


class Direction:
    """In clear until it is told otherwise; who reads it tells after each record what opens the next."""

    def __init__(self, *, holds: bool) -> None:
        """``holds``: protected records may come before it is known what opens them, and are held until ``release``."""
        self.unread: Counter[str] = Counter()
        """Bytes, by the reason why they were not read."""
        self.stopped = ""
        """Why no more of this side is read; empty while it is."""
        self._records = Records()
        self._early = EarlyRecords(may_come=holds)
        self._lock = Lock()
        self._resync: Resync | None = None
        self._spent = 0

    @property
    def is_holding(self) -> bool:
        return self._early.may_come

    def protect(self, protection: Protection | None) -> None:
        """From the next record on. None where its key is not known."""
        self._lock.protect(protection)
        if protection is None:
            self.stop(NO_KEYS)

    def expect(self, protection: Protection, until_then: str) -> None:
        """It comes into force with the first record it opens; what comes before is not read, for the reason given."""
        self._lock.expect(protection, until_then)

    def release(self) -> Iterator[Plain]:
        """What was held can be opened now, as far as ``protect`` or ``expect`` say."""
        for record in self._early.release():
            yield from self._take(record)

    def drop_held(self, reason: str) -> None:
        self.unread[reason] += self._early.drop()

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
        elif self._lock.protection:
            missing = size + len(self._records.take())
            self._resync = Resync(self._lock.protection, self._lock.number, missing, self._spent)
        else:
            self.stop(LOST)

    def end(self) -> None:
        """Nothing more comes: what is not a whole record never will be."""
        if self._resync or self._records.held or self._early:
            self.stop(LOST if self._resync else CUT_OFF)

    def _find_again(self, resync: Resync, data: bytes) -> Iterator[Plain]:
        try:
            found = resync.feed(data)
        except TlsError as e:
            self.stop(str(e))
            return
        if found:
            self._resync, self._lock.number, self._spent = None, found.number, resync.spent
            yield Plain(APPLICATION, b"", UNKNOWN if self._lock.has_padding else found.lost)
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
        elif record.kind == APPLICATION and self._lock.is_clear:
            if not self._early.hold(record):
                self.unread[TOO_EARLY] += len(record.body)
                self.stop(TOO_EARLY)
        else:
            yield from self._open(record)

    def _open(self, record: Record) -> Iterator[Plain]:
        try:
            plain = self._lock.open(record)
        except Shut as e:
            self.unread[e.reason] += len(record.body)
            if e.for_good:
                self.stop(e.reason)
            return
        if plain is not None:
            yield plain
