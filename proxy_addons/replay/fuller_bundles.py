"""The fuller bundle of a flagged page, put together some seconds later by the capture's clock, not by the wall's."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from detection.observation import Evidence
from detection.sensor import Collect


@dataclass(slots=True, eq=False)
class Promise:
    collect: Collect
    _kept: Event = field(default_factory=Event)
    _bundle: Evidence | None = None

    def keep(self) -> None:
        try:
            self._bundle = self.collect()
        finally:
            self._kept.set()

    @property
    def is_kept(self) -> bool:
        return self._kept.is_set()

    def wait(self) -> Evidence | None:
        """For the sensor, which asks once, on a thread of its own: wait until the capture has come that far."""
        self._kept.wait()
        bundle, self._bundle = self._bundle, None
        return bundle


class FullerBundles:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._promised: deque[tuple[float, Promise]] = deque()

    def add(self, promise: Promise, seen_at: datetime) -> None:
        self._promised.append((seen_at.timestamp() + self._seconds, promise))

    def keep_until(self, now: datetime) -> bool:
        """The capture is about to come to this time: what was due before is collected as things stand now. Whether
        anything was."""
        was_due = len(self._promised)
        while self._promised and self._promised[0][0] <= now.timestamp():
            self._promised.popleft()[1].keep()
        return len(self._promised) < was_due

    def keep_all(self) -> None:
        """The capture has ended."""
        while self._promised:
            self._promised.popleft()[1].keep()
