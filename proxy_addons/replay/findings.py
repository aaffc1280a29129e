"""What a replay detects: observations get the ids and marks of a replay on their way to the detector or the sensor."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from detection.grading import Detection
from detection.observation import Evidence, Mark, Observation
from detection.wire import match_fields, subject_fields
from proxy_addons.reader import Observe
from proxy_addons.replay.playhead import Playhead

Bundle = Callable[[], Evidence | None]


class Findings:
    def __init__(self, observe: Observe, playhead: Playhead) -> None:
        self._observe, self._playhead = observe, playhead
        self.detections: list[Detection] = []

    def observe(self, observation: Observation, evidence: Bundle, later: Bundle | None = None) -> Detection | None:
        """For the reader, in place of the sensor's own."""
        replayed = replace(observation, id=self._playhead.next_id(), marks=observation.marks | {Mark.REPLAY})
        detection = self._observe(replayed, evidence, later)
        if detection:
            self.detections.append(detection)
        return detection


def as_json(detection: Detection) -> dict[str, Any]:
    seen = detection.observation
    return {
        "id": seen.id,
        "seen_at": seen.seen_at.isoformat(),
        "category": detection.category,
        "severity": detection.severity,
        "score": detection.score,
        "role": detection.role,
        "channel": seen.channel,
        "direction": seen.direction,
        "app": seen.app,
        "location": seen.location,
        "conversation": seen.conversation,
        "author": seen.author,
        "subject": subject_fields(seen.subject),
        "text": seen.text,
        "matches": [match_fields(match) for match in detection.matches],
        "reasons": list(detection.reasons),
        "library_version": detection.library_version,
    }
