"""Read the packets of a capture file (pcap, pcapng, either gzipped) through scapy's raw readers."""

import hashlib
import logging
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from scapy.error import Scapy_Exception
from scapy.utils import RawPcapReader

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, CaptureBytes

LONGEST = 1 << 18
"""Bytes of one packet at most: captures made with segmentation offload hold up to 64 KiB and headers."""
OFTEN = 512
"""Packets between two words about progress."""
ENDS = (EOFError, Scapy_Exception, struct.error, ValueError, KeyError)
"""How scapy's reader takes a damaged block."""


class CaptureError(ValueError):
    """A file that is not a capture, or cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Packet:
    at: float
    """Seconds since 1970, UTC."""
    link: int
    """Link layer type, as in the pcap format's registry."""
    data: bytes


class CaptureFile:
    """One file. Iterating may raise CaptureError, but only before the first packet."""

    def __init__(self, path: Path, progress: Callable[[int], None] = lambda position: None) -> None:
        self.path = path
        self.ended = ""
        """After iterating: how the file ended before its end; empty where it is whole."""
        self._progress = progress
        self._at = 0.0

    def __iter__(self) -> Iterator[Packet]:
        check_capture(self.path)
        with _silence(), _open(self.path) as opened:
            yield from self._packets(opened, _reader(self.path, opened))

    def _packets(self, opened: CaptureBytes, reader: RawPcapReader) -> Iterator[Packet]:
        read = getattr(reader, "_read_block", reader._read_packet)
        count = 0
        while True:
            start = opened.tell()
            try:
                found = read(size=LONGEST)
            except ENDS:
                at_the_end = opened.tell() == start
                self.ended = opened.ended or ("" if at_the_end else DAMAGED if opened.read(1) else CUT)
                return
            if found is None:  # a block of a pcapng that holds no packet
                continue
            data, about = found
            if (length := getattr(about, "caplen", len(data))) > len(data):
                self.ended = DAMAGED if length > LONGEST else CUT
                return
            if count % OFTEN == 0:
                self._progress(opened.position)
            count += 1
            yield Packet(self._time(reader, about), _link(reader, about), data)

    def _time(self, reader: RawPcapReader, about: Any) -> float:
        if hasattr(about, "sec"):
            self._at = about.sec + about.usec * (1e-9 if reader.nano else 1e-6)
        elif about.tshigh is not None:  # a simple packet of a pcapng has no time of its own
            self._at = (about.tshigh << 32 | about.tslow) / about.tsresol
        return self._at


def check_capture(path: Path) -> None:
    """CaptureError where there is no file that begins like a capture."""
    try:
        if path.is_dir():
            raise CaptureError(f"{path}: is a folder, not a capture file")
        size = path.stat().st_size
    except FileNotFoundError as e:
        raise CaptureError(f"{path}: there is no such file") from e
    except OSError as e:
        raise CaptureError(f"{path}: cannot be read: {e.strerror}") from e
    if not path.is_file():
        raise CaptureError(f"{path}: is not a file")  # it is read twice, which a pipe cannot be
    if size == 0:
        raise CaptureError(f"{path}: is empty")
    with _open(path) as opened:
        if not opened.begins_like_a_capture():
            raise CaptureError(f"{path}: is not a pcap or pcapng capture")


def file_sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _open(path: Path) -> CaptureBytes:
    try:
        return CaptureBytes(path)
    except OSError as e:
        raise CaptureError(f"{path}: cannot be read: {e.strerror}") from e


def _reader(path: Path, opened: CaptureBytes) -> RawPcapReader:
    try:
        return RawPcapReader(cast(Any, opened))  # it takes whatever can be read
    except ENDS as e:
        raise CaptureError(f"{path}: the beginning of the capture is cut off or damaged") from e


def _link(reader: RawPcapReader, about: Any) -> int:
    """In a pcap the upper half of the field says something else."""
    link = about.linktype if hasattr(about, "linktype") else reader.linktype
    return int(link) & 0xFFFF


@contextmanager
def _silence() -> Iterator[None]:
    """scapy tells its log what it makes of a damaged file; here the file is looked at instead."""
    log = logging.getLogger("scapy.runtime")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
