"""Where a stream may be cut so that what is read together is whole: between events or lines, or between frames."""

from collections.abc import Callable
from dataclasses import dataclass

from detection.extract import grpc_frames
from detection.extract.media_types import GRPC, GRPC_TEXT


@dataclass(frozen=True, slots=True)
class Cut:
    end: Callable[[bytearray], int]
    """Where the last whole event ends; 0 if there is none."""
    start: Callable[[bytearray, int], int]
    """Where the first whole event from a position on begins."""
    overlaps: bool = True
    """What was read is read again with what follows it: a sentence may lie across the cut."""


def cut_for(media_type: str) -> Cut:
    return FRAMES if media_type in GRPC or media_type in GRPC_TEXT else LINES


def _last_event(buffer: bytearray) -> int:
    """Or failing that the last line."""
    for marks in ((b"\n\n", b"\r\n\r\n", b"\r\r"), (b"\n",), (b"\r",)):
        if found := max(buffer.rfind(mark) + len(mark) if mark in buffer else 0 for mark in marks):
            return found
    return 0


def _event_start(buffer: bytearray, position: int) -> int:
    if position == 0:
        return 0
    for mark in (b"\n\n", b"\r\n\r\n", b"\r\r", b"\n", b"\r"):
        if (found := buffer.find(mark, position)) >= 0:
            return found + len(mark)
    return position


LINES = Cut(_last_event, _event_start)
FRAMES = Cut(lambda buffer: grpc_frames.whole(bytes(buffer)), lambda _, position: position, overlaps=False)
