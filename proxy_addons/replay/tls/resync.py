"""Find the next record behind a hole: where it begins, and which number it has, are guessed, and its key tells."""

from dataclasses import dataclass

from proxy_addons.replay.tls.protection import Protection, Unopened
from proxy_addons.replay.tls.records import APPLICATION, HEADER, LONGEST, Record, TlsError

LOST = "behind records that are missing from the capture"
UNKNOWN = 1 << 40
"""Of what is missing, where its size cannot be told: more than any message has left."""
MOST_NUMBERS = 1024
"""Records that may be missing at once."""
BUDGET = 64 << 20
"""Bytes of one side that are opened in vain, behind all its holes, with what each try costs beside them."""
_TRY = 500
_BEGINS = bytes((APPLICATION, 3, 3))
_SMALLEST = HEADER + 17


@dataclass(frozen=True, slots=True)
class Found:
    number: int
    lost: int
    """Bytes of content that are missing."""
    rest: bytes
    """From the record on."""


class Resync:
    def __init__(self, protection: Protection, number: int, missing: int, spent: int = 0) -> None:
        """``number``: of the first record that is missing; ``missing``: bytes so far, the rest of that one included."""
        self._protection, self._number, self._missing = protection, number, missing
        self.spent = spent
        """Of the budget."""
        self._buffer = bytearray()

    @property
    def held(self) -> int:
        return len(self._buffer)

    def lost(self, size: int) -> None:
        """Another hole."""
        self._missing += len(self._buffer) + size
        self._buffer.clear()

    def feed(self, data: bytes) -> Found | None:
        """None while more is needed; TlsError where there is no hope left."""
        self._buffer += data
        while (at := self._buffer.find(_BEGINS)) >= 0:
            self._skip(at)
            if len(self._buffer) < HEADER:
                return None
            end = HEADER + (self._buffer[3] << 8 | self._buffer[4])
            if end <= HEADER + LONGEST:
                if len(self._buffer) < end:
                    return None
                if (number := self._number_of(bytes(self._buffer[:end]))) is not None:
                    return Found(number, self._content(number), bytes(self._buffer))
            self._skip(1)
        self._skip(max(0, len(self._buffer) - len(_BEGINS) + 1))
        return None

    def _skip(self, size: int) -> None:
        self._missing += size
        del self._buffer[:size]

    def _number_of(self, data: bytes) -> int | None:
        record = Record(APPLICATION, data[:HEADER], data[HEADER:])
        fewest = -(-self._missing // (HEADER + LONGEST)) or 1
        most = min(self._missing // (self._protection.overhead or _SMALLEST), fewest + MOST_NUMBERS)
        for missing in range(fewest, max(most, fewest) + 1):
            self.spent += len(data) + _TRY
            if self.spent > BUDGET:
                raise TlsError(LOST)
            try:
                self._protection.open(record, self._number + missing)
            except Unopened:
                continue
            return self._number + missing
        return None

    def _content(self, number: int) -> int:
        overhead = self._protection.overhead
        return UNKNOWN if overhead is None else max(0, self._missing - (number - self._number) * overhead)
