"""The entries of a zip archive within bounds: how many, how much they unpack to, and none that lies upon another."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from detection.documents.contents import Enough, Gathering, Shortfall
from detection.documents.local_entries import entry_at, local_entries

MOST_ENTRIES = 2000
HIGHEST_RATIO = 200
"""An entry that unpacks to more than so many times its size is cut …"""
BELOW_ANY_SUSPICION = 4 << 20
"""… beyond these bytes: a table of one value repeated packs well too."""
PIECE = 1 << 16
HEAD = 1024
_LOCAL_HEADER = 30
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
          KeyError, OverflowError, IndexError)  # fmt: skip
"""What Python's reader makes of an archive that is not as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    name: str
    encrypted: bool
    packed: int
    """Bytes it takes in the archive."""
    unpack: Callable[[int], Iterator[bytes]]
    """In pieces of at most so many bytes; what is broken ends it with one of BROKEN."""

    def pieces(self, gathering: Gathering, size: int = PIECE) -> Iterator[bytes]:
        """As far as it can be unpacked; raises Enough where the whole document has been unpacked to its limit."""
        if self.encrypted:
            gathering.fall_short(Shortfall.ENCRYPTED)
            return
        most, count = max(BELOW_ANY_SUSPICION, HIGHEST_RATIO * self.packed), 0
        try:
            for piece in self.unpack(size):
                gathering.unpacked(len(piece))
                count += len(piece)
                yield piece
                if count > most:
                    gathering.fall_short(Shortfall.LARGE)
                    return
        except BROKEN:
            gathering.fall_short(Shortfall.BROKEN)

    def head(self, gathering: Gathering) -> bytes:
        """Its first bytes."""
        return b"" if self.encrypted else next(self.pieces(gathering, HEAD), b"")

    def body(self, gathering: Gathering) -> bytes:
        """What there is of it, even where the limit cuts it off."""
        kept = bytearray()
        try:
            for piece in self.pieces(gathering):
                kept += piece
        except Enough:
            pass
        return bytes(kept)


def entries(body: bytes, gathering: Gathering) -> tuple[Entry, ...]:
    """Those of the archive's directory; where that is missing or broken, those that stand in the bytes themselves."""
    try:
        opened = zipfile.ZipFile(BytesIO(body))
    except BROKEN:
        gathering.fall_short(Shortfall.BROKEN)
        found = [
            Entry(name=each.name, encrypted=each.encrypted, packed=len(body) - each.start, unpack=each.unpack)
            for each in local_entries(body, MOST_ENTRIES)
        ]
        return tuple(found)
    listed = opened.infolist()
    if len(listed) > MOST_ENTRIES:
        gathering.fall_short(Shortfall.LARGE)
    return tuple(_entry(body, info) for info in _apart(listed[:MOST_ENTRIES], gathering) if _is_file(info))


def _is_file(info: zipfile.ZipInfo) -> bool:
    """``is_dir`` fails where there is no name."""
    return not info.filename.endswith("/")


def _apart(listed: list[zipfile.ZipInfo], gathering: Gathering) -> list[zipfile.ZipInfo]:
    """Without those that begin within another: a small archive could be unpacked for ever."""
    overlapping, end = set[int](), 0
    for info in sorted(listed, key=lambda each: each.header_offset):
        if info.header_offset < end:
            overlapping.add(id(info))
            gathering.fall_short(Shortfall.BROKEN)
        else:
            end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return [info for info in listed if id(info) not in overlapping]


def _entry(body: bytes, info: zipfile.ZipInfo) -> Entry:
    def unpack(size: int) -> Iterator[bytes]:
        if (found := entry_at(body, info.header_offset)) is None:
            raise zipfile.BadZipFile("nothing where the directory says")
        return replace(found, size=info.compress_size).unpack(size) if info.compress_size else iter(())

    return Entry(
        name=info.filename, encrypted=bool(info.flag_bits & 1), packed=max(1, info.compress_size), unpack=unpack
    )
