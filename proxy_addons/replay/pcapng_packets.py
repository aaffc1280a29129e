"""The packets of a pcapng file, each with its interface's link layer and clock."""

import struct
from collections.abc import Iterator

from proxy_addons.replay.capture_bytes import DAMAGED, CaptureBytes
from proxy_addons.replay.captured_packet import LONGEST, Packet
from proxy_addons.replay.pcapng_blocks import SECTION, Damaged, PcapngBlocks
from proxy_addons.replay.pcapng_interfaces import NO_INTERFACE, Interface, interface

_INTERFACE, _OLD_PACKET, _SIMPLE, _PACKET = 1, 2, 3, 6
MOST_INTERFACES = 1 << 16


class PcapngPackets:
    """ValueError where the first section's head is not whole."""

    def __init__(self, opened: CaptureBytes, begins: bytes) -> None:
        self.ended = ""
        self._blocks = PcapngBlocks(opened, begins)
        self._interfaces: list[Interface] = []
        self._at = 0.0
        self._begin_section()

    def __iter__(self) -> Iterator[Packet]:
        try:
            yield from self._packets()
        except (struct.error, Damaged):
            self.ended = DAMAGED
        else:
            self.ended = self._blocks.ended

    def _packets(self) -> Iterator[Packet]:
        for kind, data, place, stop in self._blocks:
            if kind == _PACKET:
                (number,) = self._number.unpack_from(data, place + 8)
                yield self._packet(number, data, place, stop)
            elif packet := self._other(kind, data, place, stop):
                yield packet

    def _begin_section(self) -> None:
        """What is numbered is numbered anew in each."""
        self._number = struct.Struct(f"{self._blocks.order}I")
        self._head = struct.Struct(f"{self._blocks.order}12xIII")
        self._interfaces = []

    def _packet(self, number: int, data: bytes, place: int, stop: int) -> Packet:
        high, low, length = self._head.unpack_from(data, place)
        captured_on = self._interface(number)
        self._at = (high << 32 | low) / captured_on.ticks + captured_on.offset
        return Packet(self._at, captured_on.link, _cut_out(data, place + 28, length, stop))

    def _other(self, kind: int, data: bytes, place: int, stop: int) -> Packet | None:
        if kind == SECTION:
            self._begin_section()
        elif kind == _INTERFACE:
            self._describe(data, place, stop)
        elif kind == _SIMPLE:
            return self._simple(data, place, stop)
        elif kind == _OLD_PACKET:
            return self._old(data, place, stop)
        return None

    def _simple(self, data: bytes, place: int, stop: int) -> Packet:
        """It has no time of its own, and lies on the first interface."""
        (length,) = self._number.unpack_from(data, place + 8)
        captured_on = self._interface(0)
        kept = min(length, captured_on.longest or length)
        return Packet(self._at, captured_on.link, _cut_out(data, place + 12, kept, stop))

    def _old(self, data: bytes, place: int, stop: int) -> Packet:
        """As the format's first years had it: a count of what was dropped takes half of the interface's number."""
        (number,) = struct.unpack_from(f"{self._blocks.order}H", data, place + 8)
        return self._packet(number, data, place, stop)

    def _interface(self, number: int) -> Interface:
        return self._interfaces[number] if number < len(self._interfaces) else NO_INTERFACE

    def _describe(self, data: bytes, place: int, stop: int) -> None:
        described = interface(self._blocks.order, data, place, stop)
        if described is None or len(self._interfaces) >= MOST_INTERFACES:
            raise Damaged
        self._interfaces.append(described)


def _cut_out(data: bytes, start: int, length: int, stop: int) -> bytes:
    """A packet lies within its block, whose last four bytes are its length once more."""
    if length > LONGEST or start + length > stop - 4:
        raise Damaged
    return data[start : start + length]
