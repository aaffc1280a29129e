"""Notice that the machine's clock was set: times before and after do not compare, and somebody should know why."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chronology, health_notice
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, Organisation
from appliance.store import reading

JUMP = timedelta(minutes=1)
"""Less is what time servers correct, and a busy machine."""
AHEAD = timedelta(minutes=5)
"""The records may be so far ahead of the clock at a start before it is said."""
KEY = "clock"


def _since_boot() -> float:
    """Also counts while the machine sleeps, so that waking up is no jump."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class ClockWatched:
    """``steady`` counts seconds and never jumps."""

    sessions: sessionmaker[Session]
    steady: Callable[[], float] = _since_boot
    _last: tuple[datetime, float] | None = field(default=None)

    def check(self, now: datetime) -> None:
        """One banner and one entry in each chain, whose sequence goes on whatever the times say."""
        steady = self.steady()
        jumped = self._jumped(now, steady) if self._last else self._behind(now)
        self._last = now, steady
        if jumped:
            with self.sessions.begin() as session:
                for id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
                    _say(session, id, jumped, now)

    def _jumped(self, now: datetime, steady: float) -> timedelta | None:
        before, at = self._last or (now, steady)
        off = (now - before) - timedelta(seconds=steady - at)
        return off if abs(off) >= JUMP else None

    def _behind(self, now: datetime) -> timedelta | None:
        """At a start: whether the newest entry lies ahead, because the clock was set while nobody looked."""
        with reading(self.sessions) as session:
            newest = session.scalars(
                select(Entry)
                .join(Organisation, Organisation.id == Entry.organisation_id)
                .where(Entry.sequence == Organisation.chain_length)
            ).all()
        latest = max((entry.at for entry in newest), default=now)
        return now - latest if latest - now >= AHEAD else None


def _say(session: Session, id: int, off: timedelta, now: datetime) -> None:
    which = "forward" if off > timedelta(0) else "back"
    said = f"The clock of this machine was set {which} by {_words(abs(off))}."
    text = f"{said} Times of entries before this one are by the clock as it was."
    chronology.add(session, id, at=now, actor="worker", kind=EntryKind.CLOCK_SET, text=text)
    body = f"{said} Order and content of the records are not touched; times from before are by the clock as it was. "
    body += "If nobody set it, look at the machine's time servers."
    health_notice.all_clear(session, id, KEY)  # a second jump is news, too
    health_notice.warn(session, id, KEY, "The clock jumped", body, now)


def _words(off: timedelta) -> str:
    minutes = round(off / timedelta(minutes=1))
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} days and {hours} hours"
    return f"{hours} hours and {minutes % 60} minutes" if hours else f"{minutes} minutes"
