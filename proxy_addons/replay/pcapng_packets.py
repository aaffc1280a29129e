"""The packets of a pcapng file, section by section, each with its interface's link layer and clock."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, LARGEST, CaptureBytes
from proxy_addons.replay.captured_packet import LONGEST, UNDESCRIBED, Packet
from proxy_addons.replay.key_log import KeyLog

_SECTION, _INTERFACE, _OLD_PACKET, _SIMPLE, _PACKET, _SECRETS = 0x0A0D0D0A, 1, 2, 3, 6, 10
_RESOLUTION, _OFFSET = 9, 14
"""Options of an interface."""
MOST_INTERFACES = 1 << 16
_TLS_KEY_LOG = 0x544C534B


class _Damaged(Exception):
    """The file cannot be followed further."""


class Interface(NamedTuple):
    link: int
    longest: int
    """Bytes kept of each packet; 0 where there is no bound."""
    ticks: int
    """Of its clock, in a second."""
    offset: int
    """Seconds to add."""


NO_INTERFACE = Interface(UNDESCRIBED, 0, 1_000_000, 0)


class PcapngPackets:
    """ValueError where the first section's head is not whole. Key log lines go to ``keys`` as they come."""

    def __init__(self, opened: CaptureBytes, begins: bytes, keys: KeyLog) -> None:
        self.ended = ""
        self._opened, self._keys = opened, keys
        self._begins = opened.more(begins, 28)
        self._interfaces: list[Interface] = []
        self._at = 0.0
        self._order = "<"
        try:
            self._section(self._begins, 0)
        except (struct.error, _Damaged) as e:
            raise ValueError("the head is cut off or damaged") from e

    def __iter__(self) -> Iterator[Packet]:
        try:
            yield from self._packets()
        except (struct.error, _Damaged):
            self.ended = DAMAGED

    def _packets(self) -> Iterator[Packet]:
        data, place, more = self._begins, 0, self._opened.more
        while True:
            if place + 12 > len(data):
                data, place = more(data[place:], 12), 0
                if len(data) < 12:
                    self.ended = self._opened.ended or (CUT if data else "")
                    return
            if data[place : place + 4] == b"\x0a\x0d\x0d\x0a":
                self._section(data, place)
            kind, length = self._block.unpack_from(data, place)
            if length < 12 or length % 4 or length > LARGEST:
                raise _Damaged
            if place + length > len(data):
                data, place = more(data[place:], length), 0
                if len(data) < length:
                    self.ended = self._opened.ended or CUT
                    return
            if kind == _PACKET:
                (number,) = self._number.unpack_from(data, place + 8)
                yield self._packet(number, data, place, place + length)
            elif packet := self._other(kind, data, place, place + length):
                yield packet
            place += length

    def _section(self, data: bytes, place: int) -> None:
        """What is numbered is numbered anew in each."""
        mark = data[place + 8 : place + 12]
        if mark not in (b"\x1a\x2b\x3c\x4d", b"\x4d\x3c\x2b\x1a"):
            raise _Damaged
        order = self._order = ">" if mark[0] == 0x1A else "<"
        self._block = struct.Struct(f"{order}II")
        self._number = struct.Struct(f"{order}I")
        self._head = struct.Struct(f"{order}12xIII")
        if self._number.unpack_from(data, place + 4)[0] < 28:
            raise _Damaged
        self._interfaces = []

    def _packet(self, number: int, data: bytes, place: int, stop: int) -> Packet:
        high, low, length = self._head.unpack_from(data, place)
        interface = self._interface(number)
        self._at = (high << 32 | low) / interface.ticks + interface.offset
        return Packet(self._at, interface.link, _cut_out(data, place + 28, length, stop))

    def _other(self, kind: int, data: bytes, place: int, stop: int) -> Packet | None:
        if kind == _INTERFACE:
            self._describe(data, place, stop)
        elif kind == _SECRETS:
            self._secrets(data, place, stop)
        elif kind == _SIMPLE:
            return self._simple(data, place, stop)
        elif kind == _OLD_PACKET:
            return self._old(data, place, stop)
        return None

    def _simple(self, data: bytes, place: int, stop: int) -> Packet:
        """It has no time of its own, and lies on the first interface."""
        (length,) = self._number.unpack_from(data, place + 8)
        interface = self._interface(0)
        kept = min(length, interface.longest or length)
        return Packet(self._at, interface.link, _cut_out(data, place + 12, kept, stop))

    def _old(self, data: bytes, place: int, stop: int) -> Packet:
        """As the format's first years had it: a count of what was dropped takes half of the interface's number."""
        (number,) = struct.unpack_from(f"{self._order}H", data, place + 8)
        return self._packet(number, data, place, stop)

    def _interface(self, number: int) -> Interface:
        return self._interfaces[number] if number < len(self._interfaces) else NO_INTERFACE

    def _describe(self, data: bytes, place: int, stop: int) -> None:
        if stop - place < 20 or len(self._interfaces) >= MOST_INTERFACES:
            raise _Damaged
        link, longest = struct.unpack_from(f"{self._order}HxxI", data, place + 8)
        ticks, offset = 1_000_000, 0
        for code, value in self._options(data, place + 16, stop - 4):
            if code == _RESOLUTION and value:
                ticks = 2 ** (value[0] & 127) if value[0] & 128 else 10 ** value[0]
            elif code == _OFFSET and len(value) == 8:
                offset = int.from_bytes(value, "big" if self._order == ">" else "little", signed=True)
        self._interfaces.append(Interface(link, longest, ticks, offset))

    def _options(self, data: bytes, place: int, stop: int) -> Iterator[tuple[int, bytes]]:
        while place + 4 <= stop:
            code, length = struct.unpack_from(f"{self._order}HH", data, place)
            if not code:
                return
            yield code, data[place + 4 : min(place + 4 + length, stop)]
            place += 4 + length + -length % 4

    def _secrets(self, data: bytes, place: int, stop: int) -> None:
        kind, length = struct.unpack_from(f"{self._order}II", data, place + 8)
        if kind == _TLS_KEY_LOG:
            self._keys.add(data[place + 16 : min(place + 16 + length, stop - 4)])


def _cut_out(data: bytes, start: int, length: int, stop: int) -> bytes:
    """A packet lies within its block, whose last four bytes are its length once more."""
    if length > LONGEST or start + length > stop - 4:
        raise _Damaged
    return data[start : start + length]
