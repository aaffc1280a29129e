"""A connection in a capture, and the events that both its sides are told in."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from proxy_addons.replay.half_stream import HalfStream

NONE = -1

Address = tuple[bytes, int]


class Side(Enum):
    CLIENT = 0
    SERVER = 1

    @property
    def other(self) -> "Side":
        return Side(1 - self.value)


class What(Enum):
    DATA = 0
    LOST = 1
    """A hole of ``size`` bytes."""
    END = 2
    """This side sends no more."""
    LOOKUP = 3
    """Over UDP, where each is by itself."""


@dataclass(slots=True, eq=False)
class Stream:
    number: int
    """Of the connection in the file, from 0, in order of first packet; of a lookup, NONE."""
    client: Address
    server: Address
    halves: tuple[HalfStream, HalfStream] = field(default_factory=lambda: (HalfStream(), HalfStream()))
    segments: int = 0
    stuck_since: int | None = None
    """Number of the segment since which nothing could be told."""

    @property
    def over(self) -> bool:
        return all(half.over for half in self.halves)

    @property
    def is_steady(self) -> bool:
        """Nothing waits, has ended or is not known on either side, so that what just follows is told at once."""
        return not any(
            half.waiting_bytes or half.over or half.end is not None for half in self.halves
        ) and None not in (half.base for half in self.halves)


class Event(NamedTuple):
    stream: Stream
    side: Side
    what: What
    at: float
    offset: int
    """Bytes of this side before this event; of a lookup, how many there were before."""
    data: bytes = b""
    size: int = 0
