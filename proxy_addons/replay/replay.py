"""Read one capture file through the gateway's own addons, and say what they found, read and could not read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detection.grading import Detection
from proxy_addons.replay.capture_file import CaptureFile, recorded_flows
from proxy_addons.replay.coverage import Coverage
from proxy_addons.replay.findings import Findings
from proxy_addons.replay.flow_performance import FlowPerformance
from proxy_addons.replay.ledger import Ledger
from proxy_addons.replay.packet_performance import PacketPerformance
from proxy_addons.replay.placing import Finds
from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.share import WHOLE, Share
from proxy_addons.replay.spectator import Spectator
from proxy_addons.replay.stage import Stage
from proxy_addons.replay.tls.key_log import KeyLog

LAST = 1 << 62
"""For an event's number: after all events."""
WHERE_THERE_ARE_ANY = ("conversations", "lookups")
"""Of what was read; in this order, behind the rest."""
_NOTHING = Counter[tuple[str, str]]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    file: Path
    detections: list[Detection]
    ledger: Ledger
    coverage: Coverage
    finds: Finds
    """At which event each of these was found."""
    read: Counter[str]
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
    share: Share = WHOLE,
) -> Outcome:
    """CaptureError where the file is no capture. What is read is read in the order of the capture. What belongs to no
    client is counted by the first share alone."""
    capture = CaptureFile(file, progress)
    keys = keys.copy() if keys else KeyLog()  # a copy, because secrets that are in this file are for no other
    flows = recorded_flows(file)
    passed = keys.add(() if flows else capture.key_lines())
    playhead = Playhead(file_sha256, spectator.library_version)
    findings = Findings(spectator.observe, spectator.sighted, playhead)
    stage = Stage(findings, spectator, playhead, keys, share)
    finds = Finds(findings.detections, stage.ledger)
    performance: PacketPerformance | FlowPerformance
    try:
        if flows:
            performance = FlowPerformance(stage, finds)
            await performance.run(flows)
        else:
            performance = PacketPerformance(stage, finds, share)
            await performance.run(capture)
    finally:
        await stage.close()
    finds.at(LAST)
    performance.unread["lines of TLS keys in the file", "not of a key log"] = passed.bad
    performance.unread["lines of TLS keys in the file", "more than are kept"] = passed.too_many
    read, unread = (performance.read, performance.unread) if share.is_first else (Counter[str](), _NOTHING)
    read["requests"] = len(stage.ledger.requests)
    read.update(stage.read())
    for name in WHERE_THERE_ARE_ANY:
        if not read[name]:
            del read[name]
    return Outcome(
        file=file,
        detections=findings.detections,
        ledger=stage.ledger,
        coverage=stage.coverage,
        finds=finds,
        read=read,
        unread=unread + stage.unread(),
        ended=capture.ended,
        damage=tuple(flows.damage) if flows else (),
    )
