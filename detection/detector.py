"""One call from an observation to a graded detection."""

from dataclasses import replace

from detection.grading import Detection, grade
from detection.library import Library
from detection.matcher import Matcher
from detection.observation import Observation
from detection.recent import Recent


class Detector:
    """With ``recent``, what came before is filled in and a repeat is None; without it every call stands alone."""

    def __init__(self, library: Library, recent: Recent | None = None) -> None:
        self._matcher = Matcher(library)
        self._version = library.version
        self._recent = recent

    def detect(self, observation: Observation) -> Detection | None:
        found = grade(observation, self._matcher.find(observation.text), library_version=self._version)
        if self._recent is None:
            return found
        earlier = self._recent.before(observation.subject.key, observation.seen_at)
        echo = found is not None and self._recent.is_echo(found)
        self._recent.remember(observation)
        if found is None or echo or not self._recent.first_time(found.once, observation.direction, observation.seen_at):
            return None
        return replace(found, before=earlier)
