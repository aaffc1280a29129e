"""The packets of a pcap file."""

import struct
from collections.abc import Iterator

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, CaptureBytes
from proxy_addons.replay.captured_packet import LONGEST, Packet

HEAD = 24
_NANOSECONDS, _LONGER = 0xA1B23C4D, 0xA1B2CD34


class PcapPackets:
    """ValueError where the file's head is not whole."""

    def __init__(self, opened: CaptureBytes, begins: bytes) -> None:
        self.ended = ""
        self._opened = opened
        self._begins = opened.more(begins, HEAD)
        if len(self._begins) < HEAD:
            raise ValueError("the head is cut off")
        order = ">" if self._begins[0] == 0xA1 else "<"
        magic, link = struct.unpack_from(f"{order}I16xI", self._begins)
        self._link = link & 0xFFFF  # the upper half says something else
        self._unit = 1e-9 if magic == _NANOSECONDS else 1e-6
        self._head = struct.Struct(f"{order}III4x" + ("8x" if magic == _LONGER else ""))

    def __iter__(self) -> Iterator[Packet]:
        """Where a recorder died zeros may follow: a packet without length, time and length on the wire is damage."""
        unpack, size, link, unit = self._head.unpack_from, self._head.size, self._link, self._unit
        more, new = self._opened.more, tuple.__new__
        data, place = self._begins, HEAD
        while True:
            if place + size > len(data):
                data, place = more(data[place:], size), 0
                if len(data) < size:
                    self.ended = self._opened.ended or (CUT if data else "")
                    return
            seconds, part, length = unpack(data, place)
            if length > LONGEST or not (length or any(data[place : place + size])):
                self.ended = DAMAGED
                return
            start = place + size
            place = start + length
            if place > len(data):
                data, start, place = more(data[start:], length), 0, length
                if len(data) < length:
                    self.ended = self._opened.ended or CUT
                    return
            yield new(Packet, (seconds + part * unit, link, data[start:place]))
