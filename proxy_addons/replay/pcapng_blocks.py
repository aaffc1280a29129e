"""The blocks of a pcapng file, section by section, each of which has its own byte order."""

import struct
from collections.abc import Iterator

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, LARGEST, PCAPNG, CaptureBytes

SECTION = 0x0A0D0D0A
SHORTEST = 12
"""A block's kind and length before it, and its length once more behind it."""
_SECTION_HEAD = 28
_LITTLE, _BIG = b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"

Block = tuple[int, bytes, int, int]
"""Its kind, the bytes it lies in, and where in them it begins and stops."""


class Damaged(Exception):
    """The file cannot be followed further."""


class PcapngBlocks:
    """ValueError where the first section's head is not whole."""

    def __init__(self, opened: CaptureBytes, begins: bytes) -> None:
        self.ended = ""
        self.order = "<"
        """Of the bytes in the section we are in."""
        self._opened = opened
        self._begins = opened.more(begins, _SECTION_HEAD)
        try:
            self._section(self._begins, 0)
        except (struct.error, Damaged) as e:
            raise ValueError("the head is cut off or damaged") from e

    def __iter__(self) -> Iterator[Block]:
        try:
            yield from self._blocks()
        except (struct.error, Damaged):
            self.ended = DAMAGED

    def _blocks(self) -> Iterator[Block]:
        data, place, more = self._begins, 0, self._opened.more
        while True:
            if place + SHORTEST > len(data):
                data, place = more(data[place:], SHORTEST), 0
                if len(data) < SHORTEST:
                    self.ended = self._opened.ended or (CUT if data else "")
                    return
            if data[place : place + 4] == PCAPNG:
                self._section(data, place)
            kind, length = self._head.unpack_from(data, place)
            if length < SHORTEST or length % 4 or length > LARGEST:
                raise Damaged
            if place + length > len(data):
                data, place = more(data[place:], length), 0
                if len(data) < length:
                    self.ended = self._opened.ended or CUT
                    return
            yield kind, data, place, place + length
            place += length

    def _section(self, data: bytes, place: int) -> None:
        mark = data[place + 8 : place + 12]
        if mark not in (_LITTLE, _BIG):
            raise Damaged
        self.order = ">" if mark == _BIG else "<"
        self._head = struct.Struct(f"{self.order}II")
        if self._head.unpack_from(data, place)[1] < _SECTION_HEAD:
            raise Damaged
