"""What a replay detects: observations get the ids and marks of a replay on their way to the detector or the sensor."""

from dataclasses import replace

from detection.grading import Detection
from detection.observation import Mark, Observation
from proxy_addons.reader import Bundle, Observe
from proxy_addons.replay.playhead import Playhead


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
