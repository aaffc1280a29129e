"""The service as Windows runs it: it inspects, and keeps one session's program alive for each who is signed in."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from agent.service.service import Service
from agent.service.settings import AgentSettings
from agent.windows.account import account_of_sid
from agent.windows.logins import InSession, WindowsLogins
from agent.windows.service import run_service
from agent.windows.sessions import AGAIN, Sessions
from agent.windows.user_session import signed_in, start_in

log = logging.getLogger("gatehouse.agent")


class Inspecting(Protocol):
    """``agent.service.service.Service``."""

    @property
    def is_outdated(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self, *, by_administrator: bool) -> None: ...


class ServiceProgram:
    """``run`` is one thread's, all else any's; ``again`` ends the process so that it is started anew."""

    def __init__(
        self,
        service: Inspecting,
        logins: WindowsLogins,
        sessions: Sessions,
        signed_in: Callable[[], Sequence[InSession]],
        again: Callable[[], None],
    ) -> None:
        self._service, self._logins, self._sessions = service, logins, sessions
        self._signed_in, self._again = signed_in, again
        self._changes = SimpleQueue[tuple[int, int]]()
        self._turn, self._ending = Event(), Event()
        self._is_shutting_down = False

    def run(self) -> None:
        self._service.start()
        self._sessions.begin(session for session, _ in self._signed_in())
        while not self._ending.is_set() and not self._service.is_outdated:
            while not self._changes.empty():
                self._sessions.changed(*self._changes.get())
            self._sessions.attend()
            self._turn.wait(AGAIN)
            self._turn.clear()
        was_asked = self._ending.is_set()
        self._sessions.end()
        self._service.stop(by_administrator=was_asked and not self._is_shutting_down)
        if not was_asked:
            self._again()

    def stop(self, *, shutting_down: bool) -> None:
        self._is_shutting_down = shutting_down
        self._ending.set()
        self._turn.set()

    def session_changed(self, kind: int, session: int) -> None:
        self._changes.put((kind, session))
        self._logins.session_changed()
        self._turn.set()


def run_here(settings: AgentSettings) -> int:
    """Until the service has stopped. A doubtful start raises as ``Service`` does."""
    logins = WindowsLogins(signed_in, account_of_sid, lambda: datetime.now(UTC))
    sessions = Sessions(lambda session: start_in(session, _command(sys.executable, sys.argv[0])), _told)
    run_service(ServiceProgram(Service(settings, logins=logins), logins, sessions, signed_in, _begin_anew))
    return 0


def _command(python: str, start: str) -> str:
    """The same Python, in its form without a console window."""
    windowless = Path(python).with_name("pythonw.exe")
    return subprocess.list2cmdline([str(windowless), "-IS", start, "session"])


def _told(session: int) -> None:
    """The school is told as on every system: by the line that broke while its person stayed signed in."""
    log.info("the program for session %d was ended, and is started again", session)


def _begin_anew() -> None:
    """Without a word to Windows, which starts again only what ends like this, or fails."""
    log.info("begins anew, for the policy wants it or it was enrolled again")
    os._exit(1)
