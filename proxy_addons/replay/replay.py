"""Read one capture file through the gateway's own addons, and say what they found, read and could not read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detection.grading import Detection
from proxy_addons.replay.capture_file import CaptureFile, recorded_flows
from proxy_addons.replay.captured_packet import Packet
from proxy_addons.replay.coalescing import coalesced
from proxy_addons.replay.connection import Connection
from proxy_addons.replay.coverage import Coverage
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.flow_performance import FlowPerformance
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.playhead import Playhead, moment
from proxy_addons.replay.quic.looker import QuicLooker
from proxy_addons.replay.segments import segments
from proxy_addons.replay.spectator import Spectator
from proxy_addons.replay.stage import Stage
from proxy_addons.replay.streams import Event, Reassembly, What
from proxy_addons.replay.tls.key_log import KeyLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    file: Path
    detections: list[Detection]
    ledger: Ledger
    coverage: Coverage
    read: dict[str, int]
    unread: Counter[tuple[str, str]]
    ended: str
    """How the file ended before its end; empty where it is whole."""
    damage: tuple[str, ...] = ()
    """Of a dump of flows or a HAR: what in it cannot be read, and where."""


async def replay(
    file: Path,
    file_sha256: str,
    spectator: Spectator,
    progress: Callable[[int], None] = lambda position: None,
    keys: KeyLog | None = None,
) -> Outcome:
    """CaptureError where the file is no capture. What is read is read in the order of the capture."""
    capture = CaptureFile(file, progress)
    keys = keys.copy() if keys else KeyLog()  # a copy, because secrets that are in this file are for no other
    flows = recorded_flows(file)
    passed = keys.add(() if flows else capture.key_lines())
    playhead = Playhead(file_sha256, spectator.library_version)
    findings = Findings(spectator.observe, spectator.sighted, playhead)
    stage = Stage(findings, spectator, playhead, keys)
    performance: _Performance | FlowPerformance
    try:
        if flows:
            performance = FlowPerformance(stage, spectator, playhead)
            await performance.run(flows)
        else:
            performance = _Performance(stage, spectator, playhead)
            await performance.run(capture)
    finally:
        await stage.close()
    performance.unread["lines of TLS keys in the file", "not of a key log"] = passed.bad
    performance.unread["lines of TLS keys in the file", "more than are kept"] = passed.too_many
    performance.read["requests"] = len(stage.ledger.requests)
    if conversations := stage.conversations():
        performance.read["conversations"] = conversations
    return Outcome(
        file=file,
        detections=findings.detections,
        ledger=stage.ledger,
        coverage=stage.coverage,
        read=dict(performance.read),
        unread=+(performance.unread + stage.unread()),
        ended=capture.ended,
        damage=tuple(flows.damage) if flows else (),
    )


class _Performance:
    def __init__(self, stage: Stage, spectator: Spectator, playhead: Playhead) -> None:
        self.read = Counter({"packets": 0, "connections": 0, "bytes of TCP": 0})
        self.unread: Counter[tuple[str, str]] = Counter()
        self._stage, self._spectator, self._playhead = stage, spectator, playhead
        self._connections: dict[int, Connection | None] = {}
        """By number, while open; None for one that a fault of ours has cost."""

    async def run(self, capture: CaptureFile) -> None:
        reassembly = Reassembly(self.unread)
        looker = QuicLooker(self._stage.leaves_closed, self._stage.count)
        found = segments(self._counted(capture), self.unread, looker.take)
        for event in coalesced(reassembly.events(found)):
            with self._stage.guard("fuller bundles"):
                self._spectator.before(moment(event.at))
            self._playhead.move(event)
            await self._tell(event)
        looker.close()
        self.read["connections"] = reassembly.count
        if capture.ended:
            self.unread["the rest of the file", capture.ended] = 1

    async def _tell(self, event: Event) -> None:
        number = event.stream.number
        if number not in self._connections:
            self._connections[number] = self._stage.connection(event.stream)
        connection, self._connections[number] = self._connections[number], None
        if connection:
            with self._stage.guard(f"connection {number}"):
                await connection.feed(event)
                self._connections[number] = connection
        if event.what is What.DATA:
            self.read["bytes of TCP"] += len(event.data)
        elif event.stream.over:
            del self._connections[number]

    def _counted(self, packets: Iterable[Packet]) -> Iterator[Packet]:
        for packet in packets:
            self.read["packets"] += 1
            yield packet
