"""Notice that a pause is over, whatever the clock does meanwhile: the kernel ended it by a clock that never jumps."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from appliance import network_pauses
from appliance.models import NetworkPause
from appliance.store import reading


@dataclass(slots=True)
class PausesWatched:
    """``steady`` counts seconds and never jumps."""

    sessions: sessionmaker[Session]
    steady: Callable[[], float] = time.monotonic
    _ends: dict[int, float] = field(default_factory=dict)
    """When each pause is over, on the steady clock; reckoned once, when it is first seen."""

    def check(self, now: datetime) -> None:
        with reading(self.sessions) as session:
            lasting = network_pauses.all_lasting(session)
        for row in lasting:
            if self.steady() >= self._ends.setdefault(row.id, self.steady() + _left(row, now)):
                self._end(row.id, now)
        self._ends = {row.id: self._ends[row.id] for row in lasting if row.id in self._ends}

    def _end(self, id: int, now: datetime) -> None:
        with self.sessions.begin() as session:
            row = session.get_one(NetworkPause, id, with_for_update=True)
            if row.ended_at is None:
                network_pauses.is_over(session, row, now)


def _left(row: NetworkPause, now: datetime) -> float:
    """Never more than it was to last: the clock may have been set back since."""
    return min(row.until - now, row.until - row.since).total_seconds()
