"""One session's program for each person signed in, on Windows: started with them, and again when somebody ended it."""

import logging
from collections.abc import Callable, Iterable

from agent.windows.user_session import SERVICES, Started

LOGON, LOGOFF = 5, 6
"""WTS_SESSION_LOGON and WTS_SESSION_LOGOFF."""
AGAIN = 1.0
"""Seconds between two looks; within the five in which one that was killed has to be back."""
_log = logging.getLogger("agent")


class Sessions:
    """For one thread; ``attend`` is to be called every ``AGAIN`` seconds and after each ``changed``. Windows lets only
    its own account (LocalSystem) start programs in people's sessions, and so only a service that runs as that."""

    def __init__(self, start: Callable[[int], Started], killed: Callable[[int], None]) -> None:
        """``killed`` is told the session whose program was ended by somebody: the gap is to be an entry."""
        self._start, self._killed = start, killed
        self._wanted = set[int]()
        self._running = dict[int, Started]()

    def begin(self, signed_in: Iterable[int]) -> None:
        """Those that were there before the service."""
        self._wanted.update(session for session in signed_in if session != SERVICES)

    def changed(self, kind: int, session: int) -> None:
        """As Windows tells a service of it."""
        if kind == LOGON and session != SERVICES:
            self._wanted.add(session)
        elif kind == LOGOFF:
            self._wanted.discard(session)

    def attend(self) -> None:
        for session, program in list(self._running.items()):
            if session not in self._wanted or not program.is_running():
                program.end()
                del self._running[session]
                if session in self._wanted:
                    self._killed(session)
        for session in sorted(self._wanted - self._running.keys()):
            try:
                self._running[session] = self._start(session)
            except OSError as e:
                _log.warning("the program for session %d could not be started: %s", session, e)

    def end(self) -> None:
        self._wanted.clear()
        self.attend()
