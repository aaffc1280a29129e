"""Detections of a replay with the evidence their pictures are drawn from: the gravest, so many as memory bears."""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from detection.grading import Detection
from detection.illegal_lists import IllegalLists
from detection.illegal_sighting import Sighting
from detection.observation import Evidence, Observation, Subject
from detection.sensor import Collect
from proxy_addons.replay.fuller_bundles import FullerBundles, Promise
from proxy_addons.replay.spectator import Spectator

LATER = 8.0
"""Seconds of the capture's time after which what a page loads has come, as the gateway has it."""
MOST_BYTES = 256 << 20
"""Of evidence, of all that are kept together."""


@dataclass(slots=True, eq=False)
class Exhibit:
    number: int
    """In order of detection, over all captures."""
    detection: Detection
    evidence: Evidence | None
    later: Promise | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """The gravest first, and of these the earliest."""
        return -self.detection.severity, self.number

    @property
    def size(self) -> int:
        return len(self.evidence.index) + sum(map(len, self.evidence.bodies.values())) if self.evidence else 0


class Exhibits:
    """Of all captures of a replay."""

    def __init__(self, most: int, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: list[Exhibit] = []
        self._bytes = self._count = 0

    def add(self, detection: Detection, evidence: Callable[[], Evidence | None], later: Promise | None) -> None:
        """``evidence`` is asked for only where it may be kept: to put it together takes time."""
        self._count += 1
        one = Exhibit(self._count, detection, None, later)
        if len(self._kept) >= self._most and (not self._most or one.rank > self._kept[-1].rank):
            return
        one.evidence = evidence()
        insort(self._kept, one, key=lambda each: each.rank)
        self._bytes += one.size
        self._make_room()

    def settle(self) -> None:
        """A capture has ended, or come so far: what was promised and kept takes the place of what came first."""
        for one in self._kept:
            if one.later and one.later.is_kept:
                fuller, one.later = one.later.wait(), None
                if fuller:
                    self._bytes -= one.size
                    one.evidence = fuller
                    self._bytes += one.size
        self._make_room()

    def by_observation(self) -> dict[str, Evidence | None]:
        return {one.detection.observation.id: one.evidence for one in self._kept}

    @property
    def gravest(self) -> tuple[Exhibit, ...]:
        return tuple(self._kept)

    def _make_room(self) -> None:
        while self._kept and (len(self._kept) > self._most or self._bytes > self._most_bytes):
            self._bytes -= self._kept.pop().size


class Exhibitor:
    """A spectator who keeps what another finds, to be drawn."""

    def __init__(self, spectator: Spectator, exhibits: Exhibits) -> None:
        self.library_version = spectator.library_version
        self._spectator, self._exhibits = spectator, exhibits
        self._fuller = FullerBundles(LATER)

    @property
    def illegal(self) -> IllegalLists:
        return self._spectator.illegal

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None:
        detection = self._spectator.observe(observation, evidence, later)
        if detection:
            promise = Promise(later) if later else None
            self._exhibits.add(detection, evidence or (lambda: None), promise)
            if promise:
                self._fuller.add(promise, observation.seen_at)
        return detection

    def sighted(self, sighting: Sighting) -> Detection | None:
        """Listed content is never drawn."""
        return self._spectator.sighted(sighting)

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject:
        return self._spectator.subject_for(address, device, now)

    def before(self, now: datetime) -> None:
        self._spectator.before(now)
        if self._fuller.keep_until(now):
            self._exhibits.settle()

    def finish(self) -> str:
        self._fuller.keep_all()
        self._exhibits.settle()
        return self._spectator.finish()
