"""Write TCP connections into a pcap file, packet by packet, as a tap on the gateway would have recorded them."""

import itertools
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

MOST = 1460
"""Bytes of one segment."""
EPOCH = 1_780_000_000.0
ACK_AFTER = 2
"""Segments that one acknowledgement stands for, as systems do it."""
_FILE = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 18, 1)
_PACKET, _ETHERNET = struct.Struct("<IIII"), bytes(12) + b"\x08\x00"
_IP, _TCP = struct.Struct("!BBHHHBBH4s4s"), struct.Struct("!HHIIBBHHH")
SYN, ACK, FIN = 2, 16, 1


@dataclass(slots=True)
class CaptureWriting:
    file: BinaryIO
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.file.write(_FILE)

    def connection(self, client: bytes, server: bytes, port: int) -> "Connection":
        """The client's port is told by how many connections there were before."""
        number = next(self._numbers)
        return Connection(self, (client, 20_000 + number % 40_000), (server, port)).greet()

    def packet(self, source: tuple[bytes, int], target: tuple[bytes, int], said: int, heard: int, flags: int,
               payload: bytes = b"") -> None:  # fmt: skip
        at = next(self._numbers) * 50
        size = 40 + len(payload)
        header = _IP.pack(0x45, 0, size, 0, 0x4000, 64, 6, 0, source[0], target[0])
        header += _TCP.pack(source[1], target[1], said % (1 << 32), heard % (1 << 32), 5 << 4, flags, 0xFFFF, 0, 0)
        stamp = _PACKET.pack(int(EPOCH) + at // 1_000_000, at % 1_000_000, 14 + size, 14 + size)
        self.file.write(b"".join((stamp, _ETHERNET, header, payload)))


@dataclass(slots=True)
class Connection:
    writing: CaptureWriting
    client: tuple[bytes, int]
    server: tuple[bytes, int]
    _sent: list[int] = field(default_factory=lambda: [1, 1])
    _unanswered: int = 0

    def greet(self) -> "Connection":
        self.writing.packet(self.client, self.server, 0, 0, SYN)
        self.writing.packet(self.server, self.client, 0, 1, SYN | ACK)
        self.writing.packet(self.client, self.server, 1, 1, ACK)
        return self

    def up(self, data: bytes) -> None:
        self._say(0, data)

    def down(self, data: bytes) -> None:
        self._say(1, data)

    def close(self) -> None:
        for side in (0, 1):
            self._packet(side, FIN | ACK)
            self._sent[side] += 1
        self._packet(0, ACK)

    def _say(self, side: int, data: bytes) -> None:
        for start in range(0, len(data), MOST):
            piece = data[start : start + MOST]
            self._packet(side, ACK, piece)
            self._sent[side] += len(piece)
            self._unanswered += 1
            if self._unanswered % ACK_AFTER == 0:
                self._packet(1 - side, ACK)

    def _packet(self, side: int, flags: int, payload: bytes = b"") -> None:
        ends = (self.client, self.server) if side == 0 else (self.server, self.client)
        self.writing.packet(*ends, self._sent[side], self._sent[1 - side], flags, payload)
