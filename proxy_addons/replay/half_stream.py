"""One direction of a TCP connection: how far it has come, and what waits for bytes that are missing."""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

WRAP = 1 << 32
WINDOW = 1 << 26
"""Bytes ahead or behind that a segment of the same connection may be."""
OVERHEAD = 200
"""Bytes a waiting segment costs beside its payload, roughly."""


class Waiting(NamedTuple):
    position: int
    """Of its first byte in this direction; the smallest goes first."""
    number: int
    """Of the segment in its connection, in order of arrival."""
    at: float
    needs: int
    """Bytes of the other direction that its sender had received: an answer is never told before what it answers."""
    payload: bytes


@dataclass(slots=True)
class HalfStream:
    base: int | None = None
    """Sequence number of the first byte, once anything of this direction was seen."""
    offset: int = 0
    """Bytes told so far, or given up for lost."""
    acknowledged: int = 0
    """Bytes the other end says it has received."""
    end: int | None = None
    """Where its sender said it ends."""
    over: bool = False
    waiting_bytes: int = 0
    _waiting: list[Waiting] = field(default_factory=list)

    def begin(self, sequence: int) -> None:
        if self.base is None or not (self.offset or self._waiting):
            self.base = sequence

    def position(self, sequence: int) -> int | None:
        """Of a sequence number in this direction; None where it cannot belong to it."""
        if self.base is None:
            return None
        ahead = (sequence - self.base - self.offset) % WRAP
        ahead -= WRAP if ahead >= WRAP // 2 else 0
        return self.offset + ahead if abs(ahead) < WINDOW else None

    @property
    def first(self) -> Waiting | None:
        return self._waiting[0] if self._waiting else None

    def wait(self, segment: Waiting) -> None:
        self.waiting_bytes += len(segment.payload) + OVERHEAD
        heappush(self._waiting, segment)

    def close(self) -> None:
        """Nothing more is told of it, whatever waits."""
        self.over, self.waiting_bytes = True, 0
        self._waiting.clear()

    def take(self) -> Waiting:
        """The first, no longer waiting. What of it was told before is cut off; what is left may be nothing."""
        segment = heappop(self._waiting)
        self.waiting_bytes -= len(segment.payload) + OVERHEAD
        return segment._replace(payload=segment.payload[self.offset - segment.position :], position=self.offset)
