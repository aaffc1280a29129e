"""Everything about whoever is at the device: who is signed in, whose session is connected, and which scope holds."""

from collections.abc import Callable, Sequence
from datetime import datetime

from agent.service.attendance import Attendance
from agent.service.connected_logins import ConnectedLogins
from agent.service.connections import Connections
from agent.service.gaps import Gaps
from agent.service.inspection import Told
from agent.service.journal import Journal
from agent.service.logins import Logins
from agent.service.monitoring import Monitoring
from agent.service.pauses import Pauses
from agent.service.settings import AgentSettings
from agent.service.sign_ins import SignIns, unit_order
from agent.service.takings import Takings
from detection.repeating import Repeating

LOOK_AGAIN = 2.0
"""Seconds after which it is looked whether another scope holds."""


class Sessions:
    """``inspect`` takes what they say, ``changed`` is called when somebody signed in or out. ``logins``: who is signed
    in; without it whoever is connected."""

    def __init__(
        self,
        settings: AgentSettings,
        journal: Journal,
        monitoring: Monitoring,
        inspect: Callable[[Told], None],
        *,
        logins: Logins | None,
        clock: Callable[[], datetime],
        changed: Callable[[], None],
    ) -> None:
        connected = ConnectedLogins(clock)
        unit = settings.session_unit if logins else ""
        self._sign_ins = SignIns(
            journal,
            logins or connected,
            clock,
            start_session=_order(unit, "start"),
            stop_session=_order(unit, "stop"),
            changed=changed,
        )
        self._takings = Takings()
        self._gaps = Gaps(journal, monitoring.of, clock)
        attendance = Attendance(self._gaps, None if logins else connected)
        self._connections = Connections(settings.socket, monitoring, self._takings, inspect, attendance)
        self._pauses = Pauses(journal, monitoring.of, clock)
        self._looking = Repeating("scopes", self._turn)

    @property
    def running(self) -> bool:
        return self._connections.running and self._looking.running

    @property
    def unseen(self) -> Sequence[str]:
        """What they say that they cannot see."""
        return self._connections.unseen

    def start(self) -> None:
        for part in (self._takings, self._sign_ins, self._connections, self._looking):
            part.start()

    def hang_up(self) -> None:
        """They can say no more; who signs in and out is noted until ``stop``."""
        self._looking.stop()
        self._connections.stop()
        self._takings.stop()

    def stop(self, timeout: float) -> bool:
        return self._sign_ins.stop(timeout)

    def look(self) -> None:
        """Something may hold now that did not before."""
        self._looking.wake()

    def _turn(self) -> float:
        present = self._sign_ins.accounts
        self._pauses.look_at(present)
        self._gaps.look(present)
        self._connections.refresh()
        return LOOK_AGAIN


def _order(unit: str, order: str) -> Callable[[int], None]:
    return unit_order(unit, order) if unit else lambda _: None
