"""The bytes of a capture file, packed with gzip or not, as its reader asks for them; a damaged file just ends."""

import gzip
import zlib
from pathlib import Path
from typing import BinaryIO, Self, cast

MAGIC = frozenset(bytes.fromhex(magic) for magic in ("a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "0a0d0d0a"))
"""How a pcap (in either byte order, to the microsecond or the nanosecond) and a pcapng begin."""
PACKED = b"\x1f\x8b"
LARGEST = 32 << 20
"""Bytes asked for at once by a file that is as it should be, and more: damaged lengths reach 4 GiB."""
CUT, DAMAGED = "cut off in the middle of a packet", "damaged from there on"


class CaptureBytes:
    """For scapy's readers: what they ask of a file, and no more. OSError where it cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.ended = ""
        """CUT or DAMAGED, once the bytes ended otherwise than at the file's end."""
        self._file = path.open("rb")
        packed = self._file.read(2) == PACKED
        self._file.seek(0)
        self._bytes: BinaryIO = cast(BinaryIO, gzip.GzipFile(fileobj=self._file, mode="rb")) if packed else self._file

    def begins_like_a_capture(self) -> bool:
        """Reads the first bytes, so it is asked first and of nobody who reads on."""
        return self.read(4) in MAGIC

    def read(self, size: int) -> bytes:
        if self.ended or size > LARGEST:
            self.ended = self.ended or DAMAGED
            return b""
        try:
            return self._bytes.read(size)
        except EOFError:
            self.ended = CUT
        except (OSError, zlib.error):
            self.ended = DAMAGED
        return b""

    def tell(self) -> int:
        """Bytes of the capture behind us."""
        return self._bytes.tell()

    @property
    def position(self) -> int:
        """Bytes of the file on the disk behind us."""
        return self._file.tell()

    def close(self) -> None:
        self._bytes.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
