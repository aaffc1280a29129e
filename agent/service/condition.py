"""How the device is, from what its sensor says: counts, times and sentences; nothing of content."""

from collections.abc import Iterable
from datetime import datetime

from agent.service.heartbeat import Condition
from agent.version import system
from detection.grading import ENGINE_VERSION
from detection.sensor_health import SensorHealth


def condition_of(
    health: SensorHealth,
    *,
    model_version: str,
    dropped: int,
    last_detection_at: datetime | None,
    settling: bool,
    troubles: Iterable[str],
) -> Condition:
    """``settling``: what was seen may not have come to the outbox yet, so that it must not pass for empty."""
    waiting = health.waiting or 0
    oldest = datetime.fromisoformat(health.oldest_waiting) if health.oldest_waiting else None
    return Condition(
        engine_version=ENGINE_VERSION,
        library_version=health.library_version,
        model_version=model_version,
        system=system(),
        waiting=max(waiting, 1) if settling else waiting,
        set_aside=health.set_aside or 0,
        dropped=dropped,
        oldest_waiting=oldest,
        last_detection_at=last_detection_at,
        health=tuple(said for said in (*_sentences(health), *troubles) if said),
    )


def _sentences(health: SensorHealth) -> Iterable[str]:
    if not health.running:
        yield "A part of the agent does not run."
    if health.outbox_error:
        yield "The disk does not take detections; they are kept in memory."
    if health.no_room:
        yield "The disk is nearly full: detections are kept, their pictures are not."
    if health.set_aside:
        yield f"{health.set_aside} detections were refused by the appliance."
    if health.library_trouble:
        yield f"The phrase library is not the newest: {health.library_trouble}."
