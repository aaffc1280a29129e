"""What opens the next record of one side, and which number that record has."""

from typing import NamedTuple

from proxy_addons.replay.tls.protection import Protection, Unopened
from proxy_addons.replay.tls.records import APPLICATION, Record

NOT_OPENED = "a record that its key does not open"
MOST_TRIED = 256
"""Records tried with a key that may come into force with any of them."""


class Plain(NamedTuple):
    kind: int
    data: bytes
    lost: int = 0
    """Bytes of content missing here; then there is no data."""


class Shut(Exception):
    """A record stays closed."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        """``for_good``: nor will any that comes after it be opened."""
        super().__init__(reason)
        self.reason, self.for_good = reason, for_good


class Lock:
    """In clear until it is told otherwise."""

    def __init__(self) -> None:
        self.protection: Protection | None = None
        """In force."""
        self.number = 0
        """Of the next record under it."""
        self.has_padding = False
        """Whether a record was longer than what it held: then the size of a hole does not tell what is missing."""
        self._coming: tuple[Protection, str] | None = None
        self._tried = 0

    @property
    def is_clear(self) -> bool:
        return self.protection is None and self._coming is None

    def protect(self, protection: Protection | None) -> None:
        """From the next record on."""
        self.protection, self.number, self._coming = protection, 0, None

    def expect(self, protection: Protection, until_then: str) -> None:
        """It comes into force with the first record it opens; what comes before is shut, for the reason given."""
        self.protection, self._coming, self._tried = None, (protection, until_then), 0

    def open(self, record: Record) -> Plain | None:
        """Shut where it does not open; None where it is in clear among protected ones, and says nothing."""
        if self.protection:
            return self._open(self.protection, record)
        if self._coming:
            return self._try(*self._coming, record)
        return Plain(record.kind, record.body)

    def _open(self, protection: Protection, record: Record) -> Plain | None:
        try:
            opened = protection.open(record, self.number)
        except Unopened:
            if record.kind == APPLICATION or not protection.hides_kinds:
                raise Shut(NOT_OPENED, for_good=True) from None
            return None
        self.number += 1
        self.has_padding |= opened.padded
        return Plain(opened.kind, opened.data)

    def _try(self, protection: Protection, reason: str, record: Record) -> Plain:
        try:
            opened = protection.open(record, 0)
        except Unopened:
            self._tried += 1
            raise Shut(reason, for_good=self._tried > MOST_TRIED) from None
        self.protection, self._coming, self.number = protection, None, 1
        return Plain(opened.kind, opened.data)
