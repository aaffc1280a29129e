"""What one direction of an HTTP/1 connection is told in: heads, bodies without their framing, ends."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    HEAD = auto()
    BODY = auto()
    END = auto()
    STRAY = auto()
    """What belongs to no message, though nothing is missing before it: behind the end that a length told, for one."""


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    data: bytes = b""
    """A head, or a piece of a body without its framing."""
    whole: bool = True
    """Of a head or an end: False where the rest of it is missing."""


class Framing(Enum):
    """How a body ends, where it is not by a length; set by who reads the head, before taking the next part."""

    CHUNKED = auto()
    UNTIL_END = auto()
    HELD = auto()
    """It depends on the other side what follows: keep it until ``go_on``."""
    RAW = auto()
    """No HTTP any more: whatever comes is body, and it has no end."""
