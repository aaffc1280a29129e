"""Detections that a full outbox had to drop: how many in all, and that the school hears of it."""

from collections.abc import Callable
from datetime import datetime

from agent.service.journal import Happened, Journal

MARK = "dropped"


class Dropped:
    """Counted over restarts."""

    def __init__(self, journal: Journal, clock: Callable[[], datetime]) -> None:
        self._journal, self._clock = journal, clock

    @property
    def count(self) -> int:
        return int(self._journal.marked(MARK) or 0)

    def tell(self, detections: int) -> None:
        """So many had to go now."""
        self._journal.mark(MARK, str(self.count + detections))
        said = f"{detections} of the least severity, the oldest first."
        self._journal.add(Happened.DROPPED, self._clock(), said=said)
