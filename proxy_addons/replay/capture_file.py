"""Read the packets of a capture file: pcap or pcapng, either of them packed with gzip or zstd."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from proxy_addons.replay.capture_bytes import CaptureBytes, begins_like_a_capture, is_pcap
from proxy_addons.replay.captured_packet import Packet
from proxy_addons.replay.flow_dump import FlowDump
from proxy_addons.replay.flow_forms import TELLING, is_dump, is_har
from proxy_addons.replay.har_file import HarFile
from proxy_addons.replay.pcap_packets import PcapPackets
from proxy_addons.replay.pcapng_blocks import PcapngBlocks
from proxy_addons.replay.pcapng_keys import key_lines
from proxy_addons.replay.pcapng_packets import PcapngPackets


class CaptureError(ValueError):
    """A file that is not a capture, or cannot be read; the message says which and why."""


class CaptureFile:
    """One file. Iterating may raise CaptureError, but only before the first packet."""

    def __init__(self, path: Path, progress: Callable[[int], None] = lambda position: None) -> None:
        self.path = path
        self.ended = ""
        """After iterating: how the file ended before its end; empty where it is whole."""
        self._progress = progress

    def __iter__(self) -> Iterator[Packet]:
        check_capture(self.path)
        with _open(self.path, self._progress) as opened:
            packets = self._packets(opened)
            yield from packets
            self.ended = packets.ended

    def key_lines(self) -> Iterator[bytes]:
        """Of the TLS key logs in the file, to be asked for first: a recorder may write them behind what they open."""
        check_capture(self.path)
        with _open(self.path) as opened:
            begins = opened.more(b"", 4)
            if not is_pcap(begins):
                yield from _key_lines(opened, begins)

    def _packets(self, opened: CaptureBytes) -> PcapPackets | PcapngPackets:
        begins = opened.more(b"", 4)
        try:
            return PcapPackets(opened, begins) if is_pcap(begins) else PcapngPackets(opened, begins)
        except ValueError as e:
            raise CaptureError(f"{self.path}: the beginning of the capture is cut off or damaged") from e


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
        begins = opened.more(b"", TELLING)
        if not (begins_like_a_capture(begins) or is_dump(begins) or is_har(begins)):
            raise CaptureError(f"{path}: is not a pcap or pcapng capture, a dump of flows or a HAR")


def recorded_flows(path: Path) -> FlowDump | HarFile | None:
    """Of a file that holds flows put together already, all of it in memory; None of a capture of packets."""
    check_capture(path)
    with _open(path) as opened:
        begins = opened.more(b"", TELLING)
        if begins_like_a_capture(begins):
            return None
        pieces = [begins]
        while piece := opened.more(b"", 1):
            pieces.append(piece)
        data = b"".join(pieces)
        return FlowDump(data) if is_dump(begins) else HarFile(data)


def _key_lines(opened: CaptureBytes, begins: bytes) -> Iterator[bytes]:
    try:
        blocks = PcapngBlocks(opened, begins)
    except ValueError:
        return  # which is told when the packets are read
    yield from key_lines(blocks)


def file_sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _open(path: Path, progress: Callable[[int], None] = lambda position: None) -> CaptureBytes:
    try:
        return CaptureBytes(path, progress)
    except OSError as e:
        raise CaptureError(f"{path}: cannot be read: {e.strerror}") from e
