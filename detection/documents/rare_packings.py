"""What some programs pack the entries of a zip archive with instead of Deflate: bzip2 and LZMA.

Source: PKWARE's APPNOTE.TXT, "ZIP File Format Specification", 4.4.5 (methods) and 5.8 (LZMA: a version, the length of
its properties, the properties, then the raw stream).
"""

import bz2
import lzma
from collections.abc import Iterator
from typing import Protocol

BZIP2, LZMA = 12, 14
_FED = 4096
_WIDEST = 64 << 20
"""Bytes an LZMA stream may refer back to."""
_HEAD = 9


class _Unpacks(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def unpacked(method: int, packed: bytes, size: int) -> Iterator[bytes]:
    """In pieces of at most ``size`` bytes; EOFError where it breaks off, ValueError where it is none."""
    try:
        unpacks, at = (bz2.BZ2Decompressor(), 0) if method == BZIP2 else (_lzma(packed), _HEAD)
        yield from _pieces(unpacks, packed, at, size)
    except lzma.LZMAError as e:
        raise ValueError("not what it says it is packed with") from e


def _pieces(unpacks: _Unpacks, packed: bytes, at: int, size: int) -> Iterator[bytes]:
    while not unpacks.eof:
        fed = packed[at : at + _FED] if unpacks.needs_input else b""
        at += len(fed)
        piece = unpacks.decompress(fed, size)
        if piece:
            yield piece
        elif not fed:
            return  # an LZMA stream need not say that it is at its end


def _lzma(packed: bytes) -> lzma.LZMADecompressor:
    if len(packed) < _HEAD or packed[4] >= 9 * 5 * 5:
        raise ValueError("no LZMA properties")
    widest = int.from_bytes(packed[5:9], "little")
    if widest > _WIDEST:
        raise ValueError("needs more memory than it is given")
    rest, lc = divmod(packed[4], 9)
    pb, lp = divmod(rest, 5)
    of_stream = {"id": lzma.FILTER_LZMA1, "dict_size": max(widest, 4096), "lc": lc, "lp": lp, "pb": pb}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[of_stream])
