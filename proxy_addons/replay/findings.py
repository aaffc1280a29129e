"""What a replay detects: observations get the ids and marks of a replay on their way to the detector or the sensor."""

from dataclasses import replace

from detection.grading import Detection
from detection.illegal_sighting import Sighting
from detection.observation import Mark, Observation
from proxy_addons.listed_content import Report
from proxy_addons.reader import Bundle, Observe
from proxy_addons.replay.coverage import Coverage
from proxy_addons.replay.playhead import Playhead


class Findings:
    def __init__(self, observe: Observe, sighted: Report, playhead: Playhead) -> None:
        self._observe, self._sighted, self._playhead = observe, sighted, playhead
        self.detections: list[Detection] = []
        self.coverage = Coverage()

    def observe(self, observation: Observation, evidence: Bundle, later: Bundle | None = None) -> Detection | None:
        """For the reader, in place of the sensor's own."""
        id_, marks = self._playhead.next_id(observation.subject.key), observation.marks | {Mark.REPLAY}
        replayed = replace(observation, id=id_, marks=marks)
        detection = self._noted(self._observe(replayed, evidence, later))
        self.coverage.said(replayed, detection)
        return detection

    def sighted(self, sighting: Sighting) -> Detection | None:
        id_, marks = self._playhead.next_id(sighting.subject.key), sighting.marks | {Mark.REPLAY}
        return self._noted(self._sighted(replace(sighting, id=id_, marks=marks)))

    def _noted(self, detection: Detection | None) -> Detection | None:
        if detection:
            self.detections.append(detection)
        return detection
