"""Gaps of a session: it was killed, or held still, or never came, while its person was signed in and monitored."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from agent.service.journal import Happened, Journal
from agent.service.monitoring import Monitored

LASTS = timedelta(minutes=1)
"""After which a gap is told before it ends."""
SIGNING_OUT = timedelta(seconds=15)
"""Within which whoever signs out takes their session along: no gap."""
BACK = "The program that sees for this account ended, and was started again."
AWAY = "Nothing is seen of this account: the program that sees for it does not run, or is held still."
SIGNED_OUT = "The program that sees for this account had ended before they signed out."


@dataclass(slots=True)
class _Gap:
    since: datetime
    was_there: bool
    """Before; else it never came since we began to look."""
    is_told: bool = False


class Gaps:
    """``came`` and ``went`` are called from the threads of connections, ``look`` from time to time."""

    def __init__(self, journal: Journal, monitored: Callable[[str], Monitored], clock: Callable[[], datetime]) -> None:
        self._journal, self._monitored, self._clock = journal, monitored, clock
        self._connected = dict[str, int]()
        self._open = dict[str, _Gap]()
        self._lock = Lock()

    def came(self, account: str) -> None:
        with self._lock:
            self._connected[account] = self._connected.get(account, 0) + 1
            gap = self._open.pop(account, None)
        if gap and gap.is_told:
            self._journal.add(Happened.RESUMED, self._clock(), account=account)
        elif gap and gap.was_there:
            self._journal.add(Happened.KILLED, gap.since, until=self._clock(), account=account, said=BACK)

    def went(self, account: str) -> None:
        watched = self._is_watched(account)
        with self._lock:
            self._connected[account] -= 1
            if not self._connected[account]:
                del self._connected[account]
                if watched:
                    self._open[account] = _Gap(self._clock(), was_there=True)

    def look(self, present: Collection[str]) -> None:
        """``present``: the accounts that are signed in."""
        watched = {account for account in present if self._is_watched(account)}
        with self._lock:
            for account in watched - self._connected.keys() - self._open.keys():
                self._open[account] = _Gap(self._clock(), was_there=False)
            for account, gap in list(self._open.items()):
                if account not in present:
                    del self._open[account]
                    self._end(account, gap)
                elif not gap.is_told and self._clock() - gap.since >= LASTS:
                    gap.is_told = True
                    self._journal.add(Happened.KILLED, gap.since, account=account, said=AWAY)

    def _end(self, account: str, gap: _Gap) -> None:
        now = self._clock()
        if not gap.is_told and gap.was_there and now - gap.since > SIGNING_OUT:
            self._journal.add(Happened.KILLED, gap.since, until=now, account=account, said=SIGNED_OUT)

    def _is_watched(self, account: str) -> bool:
        found = self._monitored(account)
        return found.subject is not None and not found.holding.paused
