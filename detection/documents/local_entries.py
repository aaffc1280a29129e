"""The entries of a zip archive without its directory, which is lost where only the beginning of a file is kept."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from detection.documents.rare_packings import BZIP2, LZMA, unpacked

MARK = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS = 1, 8
_SAID_ELSEWHERE = 0xFFFFFFFF
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
        """In pieces of at most ``size`` bytes. Its checksum is not looked at: damaged words are words."""
        end = self.start + self.size if self.size else len(self.body)
        if self.method == _STORED:
            for at in range(self.start, min(end, len(self.body)), size):
                yield self.body[at : min(at + size, end)]
            if end > len(self.body):
                raise EOFError("cut off")
        elif self.method == _DEFLATED:
            yield from _inflated(self.body, self.start, end, size)
        elif self.method in (BZIP2, LZMA):
            yield from unpacked(self.method, self.body[self.start : end], size)
        else:
            raise NotImplementedError("packed in a way that is not read")


def local_entries(body: bytes, most: int) -> Iterator[LocalEntry]:
    """At most ``most``, in the order in which they stand."""
    at = body.find(MARK)
    while at >= 0 and most > 0 and (entry := entry_at(body, at)):
        most -= 1
        yield entry
        at = body.find(MARK, entry.start + entry.size)


def entry_at(body: bytes, at: int) -> LocalEntry | None:
    """None where no entry begins there."""
    if at < 0 or at + _HEADER.size > len(body) or not body.startswith(MARK, at):
        return None
    _, _, flags, method, _, _, _, packed, _, name, extra = _HEADER.unpack_from(body, at)
    return LocalEntry(
        name=body[at + _HEADER.size : at + _HEADER.size + name].decode("utf-8", "replace"),
        encrypted=bool(flags & _ENCRYPTED),
        start=at + _HEADER.size + name + extra,
        method=method,
        size=0 if flags & _SIZE_FOLLOWS or packed == _SAID_ELSEWHERE else packed,
        body=body,
    )


def _inflated(body: bytes, start: int, end: int, size: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, min(end, len(body)), _FED):
        piece = inflate.decompress(body[at : min(at + _FED, end)], size)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, size)
        if inflate.eof:
            return
    raise EOFError("cut off")
