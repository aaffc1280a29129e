"""Entries for when the policy paused the monitoring of an account, and when it went on: gaps a school set itself."""

from collections.abc import Callable, Iterable
from datetime import datetime

from agent.service.journal import Happened, Journal
from agent.service.monitoring import Monitored


class Pauses:
    """What was noted last is remembered over a restart."""

    def __init__(self, journal: Journal, monitored: Callable[[str], Monitored], clock: Callable[[], datetime]) -> None:
        self._journal, self._monitored, self._clock = journal, monitored, clock

    def look_at(self, accounts: Iterable[str]) -> None:
        """Of whom nothing is recorded anyway, no pause is either."""
        for account in accounts:
            found = self._monitored(account)
            if found.subject is None:
                continue
            name, why = f"paused {account}", found.holding.paused
            if bool(why) is (self._journal.marked(name) != ""):
                continue
            kind = Happened.PAUSED if why else Happened.RESUMED
            self._journal.add(kind, self._clock(), account=account, said=f"{why[:1].upper()}{why[1:]}." if why else "")
            self._journal.mark(name, why)
