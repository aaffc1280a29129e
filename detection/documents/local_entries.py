"""The entries of a zip archive without its directory, which is lost where only the beginning of a file is kept."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MARK = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS = 1, 8
_FED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntry:
    name: str
    encrypted: bool
    start: int
    """Where its content begins in ``body``."""
    method: int
    size: int
    """Bytes of its content; 0 where the archive says so only afterwards."""
    body: bytes

    def unpack(self, size: int) -> Iterator[bytes]:
        end = self.start + self.size if self.size else len(self.body)
        if self.method == _STORED:
            for at in range(self.start, min(end, len(self.body)), size):
                yield self.body[at : min(at + size, end)]
        elif self.method == _DEFLATED:
            yield from _inflated(self.body, self.start, end, size)


def local_entries(body: bytes, most: int) -> Iterator[LocalEntry]:
    """At most ``most``, in the order in which they stand."""
    at = body.find(MARK)
    while at >= 0 and most > 0 and at + _HEADER.size <= len(body):
        _, _, flags, method, _, _, _, packed, _, name, extra = _HEADER.unpack_from(body, at)
        start = at + _HEADER.size + name + extra
        most -= 1
        known = 0 if flags & _SIZE_FOLLOWS or packed == 0xFFFFFFFF else packed
        yield LocalEntry(
            name=body[at + _HEADER.size : at + _HEADER.size + name].decode("utf-8", "replace"),
            encrypted=bool(flags & _ENCRYPTED),
            start=start,
            method=method,
            size=known,
            body=body,
        )
        at = body.find(MARK, start + known)


def _inflated(body: bytes, start: int, end: int, size: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, min(end, len(body)), _FED):
        piece = inflate.decompress(body[at : min(at + _FED, end)], size)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, size)
        if inflate.eof:
            return
