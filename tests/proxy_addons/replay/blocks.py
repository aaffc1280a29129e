"""Blocks of pcapng files, made by hand."""

import struct

SECTION, INTERFACE, OLD, SIMPLE, STATISTICS, PACKET, SECRETS = 0x0A0D0D0A, 1, 2, 3, 5, 6, 10


class Blocks:
    """Of one byte order."""

    def __init__(self, order: str = "<") -> None:
        self.order = order

    def pack(self, form: str, *values: int) -> bytes:
        return struct.pack(self.order + form, *values)

    def block(self, kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        length = self.pack("I", len(body) + 12)
        return self.pack("I", kind) + length + body + length

    def section(self) -> bytes:
        return self.block(SECTION, self.pack("IHHq", 0x1A2B3C4D, 1, 0, -1))

    def option(self, code: int, value: bytes) -> bytes:
        return self.pack("HH", code, len(value)) + value + bytes(-len(value) % 4)

    def interface(self, link: int = 1, longest: int = 0, *options: tuple[int, bytes]) -> bytes:
        told = b"".join(self.option(code, value) for code, value in options)
        return self.block(INTERFACE, self.pack("HHI", link, 0, longest) + told + bytes(4 if told else 0))

    def packet(self, data: bytes, ticks: int = 0, interface: int = 0) -> bytes:
        head = self.pack("IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
        return self.block(PACKET, head + data)

    def keys(self, lines: bytes, kind: int = 0x544C534B) -> bytes:
        return self.block(SECRETS, self.pack("II", kind, len(lines)) + lines)


LITTLE, BIG = Blocks("<"), Blocks(">")
