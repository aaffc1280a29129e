"""The bytes of a capture file, packed with gzip, zstd or not at all, a piece at a time; a damaged file just ends."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self

from zstandard import ZstdError

from proxy_addons.replay.zstd_bytes import ZstdBytes, is_zstd

PCAP = frozenset(bytes.fromhex(magic) for magic in ("a1b2c3d4", "a1b23c4d", "a1b2cd34"))
"""How a pcap begins: to the microsecond, to the nanosecond, with longer heads of packets; in either byte order."""
PCAPNG = b"\x0a\x0d\x0d\x0a"
GZIP = b"\x1f\x8b"
PIECE = 64 << 10
LARGEST = 32 << 20
"""Bytes asked for at once by a file that is as it should be, and more: damaged lengths reach 4 GiB."""
CUT, DAMAGED = "cut off in the middle of a packet", "damaged from there on"


class _Bytes(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class CaptureBytes:
    """OSError where the file cannot be opened; after that, a file that cannot be read has ended."""

    def __init__(self, path: Path, progress: Callable[[int], None] = lambda position: None) -> None:
        self.ended = ""
        """CUT or DAMAGED, once the bytes ended otherwise than at the file's end."""
        self._progress = progress
        self._file = path.open("rb")
        begins = self._file.read(4)
        self._file.seek(0)
        self._bytes: _Bytes = self._file
        if begins.startswith(GZIP):
            self._bytes = gzip.GzipFile(fileobj=self._file, mode="rb")
        elif is_zstd(begins):
            self._bytes = ZstdBytes(self._file)

    def more(self, rest: bytes, need: int) -> bytes:
        """``rest`` and what follows it, together at least ``need`` bytes; fewer where the file ends."""
        if need > LARGEST:
            self.ended = self.ended or DAMAGED
            return rest
        pieces, have = [rest], len(rest)
        while have < need and (piece := self._read()):
            pieces.append(piece)
            have += len(piece)
        self._progress(self._file.tell())
        return b"".join(pieces)

    def _read(self) -> bytes:
        if not self.ended:
            try:
                return self._bytes.read1(PIECE)
            except EOFError:
                self.ended = CUT
            except (OSError, zlib.error, ZstdError):
                self.ended = DAMAGED
        return b""

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_pcap(begins: bytes) -> bool:
    return begins[:4] in PCAP or begins[3::-1] in PCAP


def begins_like_a_capture(begins: bytes) -> bool:
    return begins.startswith(PCAPNG) or is_pcap(begins)
