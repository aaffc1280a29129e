"""A sensor that notes what it is shown, and flags what a test tells it to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from detection.categories import ConcernRole
from detection.grading import Detection
from detection.illegal_sighting import Sighting
from detection.library import Category
from detection.observation import Evidence, Observation
from tests.detection.factories import observation


@dataclass
class SensorDouble:
    flags: str = "\0"
    """A text with this in it is flagged."""
    seen: list[Observation] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    evidence: list[Evidence | None] = field(default_factory=list)
    """Of what was flagged, what was known at once."""
    later: list[Callable[[], Evidence | None] | None] = field(default_factory=list)

    def observe(
        self,
        observation: Observation,
        evidence: Callable[[], Evidence | None],
        later: Callable[[], Evidence | None] | None = None,
    ) -> Detection | None:
        self.seen.append(observation)
        if self.flags not in observation.text:
            return None
        self.evidence.append(evidence())
        self.later.append(later)
        return _detection(observation)

    def sighted(self, sighting: Sighting) -> Detection | None:
        self.sightings.append(sighting)
        return _detection(observation(id=sighting.id, marks=sighting.marks))

    @property
    def texts(self) -> list[str]:
        return [observation.text for observation in self.seen]


def _detection(observation: Observation) -> Detection:
    return Detection(
        observation=observation,
        matches=(),
        category=Category.DISTRESS,
        severity=3,
        score=0.5,
        role=ConcernRole.AT_RISK,
        reasons=(),
        once="",
        library_version="1",
        engine_version="1",
        policy_version="1",
    )
