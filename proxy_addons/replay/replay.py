"""Read one capture file through the gateway's own addons, and say what they found, read and could not read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detection.grading import Detection
from proxy_addons.replay.capture_file import CaptureFile, Packet, file_sha256
from proxy_addons.replay.connection import Connection
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.segments import segments
from proxy_addons.replay.spectator import Spectator
from proxy_addons.replay.stage import Stage
from proxy_addons.replay.streams import Reassembly, What


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    file: Path
    detections: list[Detection]
    ledger: Ledger
    read: dict[str, int]
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)


async def replay(file: Path, spectator: Spectator, progress: Callable[[int], None] = lambda position: None) -> Outcome:
    """CaptureError where the file is no capture. What is read is read in the order of the capture."""
    capture = CaptureFile(file, progress)
    playhead = Playhead(file_sha256(file), spectator.library_version)
    findings = Findings(spectator.observe, playhead)
    stage = Stage(findings, spectator, playhead)
    unread: Counter[tuple[str, str]] = Counter()
    reassembly = Reassembly(unread)
    connections: dict[int, Connection] = {}
    read: Counter[str] = Counter()
    for event in reassembly.events(segments(_counted(capture, read), unread)):
        playhead.move(event)
        if event.what is What.DATA:
            read["bytes of TCP"] += len(event.data)
        if event.stream not in connections:
            connections[event.stream] = stage.connection(reassembly.streams[event.stream], unread)
        with stage.watchdog.guard("replay", str(event.stream)):
            await connections[event.stream].feed(event)
    read["connections"], read["requests"] = len(reassembly.streams), len(stage.ledger.requests)
    unread.update(stage.unread())
    if capture.ended:
        unread["end of the file", capture.ended] += 1
    return Outcome(file=file, detections=findings.detections, ledger=stage.ledger, read=dict(read), unread=unread)


def _counted(packets: Iterable[Packet], read: Counter[str]) -> Iterator[Packet]:
    for packet in packets:
        read["packets"] += 1
        yield packet
