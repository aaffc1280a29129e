"""What a file packed with zstd holds, in bounded memory, and whether it was cut off."""

from typing import BinaryIO

from zstandard import ZstdDecompressor

MAGIC = bytes.fromhex("28b52ffd")
SKIPPED = frozenset(bytes([low, 0x2A, 0x4D, 0x18]) for low in range(0x50, 0x60))
"""How a frame begins that holds something else, as some packers put first."""
WINDOW = 128 << 20
"""Bytes a file may make us look back; as far as zstd's own programs go unless they are told."""
STEP = 256
"""Packed bytes unpacked at once: four of them can make 128 KiB."""


def is_zstd(begins: bytes) -> bool:
    return begins[:4] == MAGIC or begins[:4] in SKIPPED


class ZstdBytes:
    """Frame after frame. EOFError where the last is not whole, ZstdError where one is damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packed, self._place = b"", 0
        self._decompressor = ZstdDecompressor(max_window_size=WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._begun = False

    def read1(self, size: int, /) -> bytes:
        """About ``size`` bytes, and 8 MiB more at most; none at the end."""
        pieces, have = [], 0
        while have < size and (packed := self._next()):
            pieces.append(self._unpacked(packed))
            have += len(pieces[-1])
        if not have and self._begun:
            raise EOFError
        return b"".join(pieces)

    def _next(self) -> bytes:
        if self._place >= len(self._packed):
            self._packed, self._place = self._file.read(64 << 10), 0
        packed = self._packed[self._place : self._place + STEP]
        self._place += len(packed)
        return packed

    def _unpacked(self, packed: bytes) -> bytes:
        self._begun = True
        data = self._frame.decompress(packed)
        if self._frame.eof:
            self._place -= len(self._frame.unused_data)
            self._frame = self._decompressor.decompressobj()
            self._begun = False
        return data
