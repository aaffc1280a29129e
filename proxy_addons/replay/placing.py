"""At which event of a capture each thing was found, so that what several jobs find can be put into one order."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from detection.grading import Detection
from proxy_addons.replay.body_hash import Body
from proxy_addons.replay.ledger import Asked, Ledger

T = TypeVar("T")


class Placed(Generic[T]):
    def __init__(self, found: list[T]) -> None:
        """``found`` grows while the capture is played."""
        self.found = found
        self.events: list[int] = []

    def at(self, event: int) -> None:
        """What is new was found at this event."""
        if new := len(self.found) - len(self.events):
            self.events += [event] * new


class Finds:
    """Of one job."""

    def __init__(self, detections: list[Detection], ledger: Ledger) -> None:
        self.detections: Placed[Detection] = Placed(detections)
        self.requests: Placed[Asked] = Placed(ledger.requests)
        self.bodies: Placed[Body] = Placed(ledger.bodies)

    def at(self, event: int) -> None:
        self.detections.at(event)
        self.requests.at(event)
        self.bodies.at(event)


def in_one_order(jobs: Iterable[Placed[T]], then_by: Callable[[T], str] = lambda found: "") -> list[T]:
    """What was found at one event is ordered by ``then_by``, and else as it was found."""
    placed = [each for job in jobs for each in zip(job.events, job.found, strict=True)]
    placed.sort(key=lambda each: (each[0], then_by(each[1])))
    return [found for _, found in placed]
