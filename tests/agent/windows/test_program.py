"""The service's life on Windows, with Windows told by hand."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest

from agent.windows.logins import WindowsLogins
from agent.windows.program import ServiceProgram, _command
from agent.windows.sessions import LOGOFF, LOGON, Sessions
from tests.agent.windows.test_sessions import Program
from tests.detection.scripted_appliance import eventually

SID = "S-1-5-21-1-2-3-1001"


class Inspecting:
    def __init__(self) -> None:
        self.is_outdated, self.said = False, list[str]()

    def start(self) -> None:
        self.said.append("start")

    def stop(self, *, by_administrator: bool) -> None:
        self.said.append("stopped by an administrator" if by_administrator else "stopped")


class Device:
    def __init__(self) -> None:
        self.service, self.programs = Inspecting(), list[tuple[int, Program]]()
        self.changed, self.begun_anew = list[bool](), list[bool]()
        logins = WindowsLogins(lambda: [(1, SID)], lambda _: "a.clarke", lambda: datetime.now(UTC))
        logins.start(lambda: self.changed.append(True))
        sessions = Sessions(self.start, lambda _: None)
        self.program = ServiceProgram(
            self.service, logins, sessions, lambda: [(1, SID)], lambda: self.begun_anew.append(True)
        )

    def start(self, session: int) -> Program:
        self.programs.append((session, Program()))
        return self.programs[-1][1]

    @property
    def alive(self) -> list[int]:
        return [session for session, program in self.programs if program.runs]

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = Thread(target=self.program.run)
        thread.start()
        try:
            eventually(lambda: self.alive == [1])
            yield
        finally:
            self.program.stop(shutting_down=False)
            thread.join(20)


def test_a_session_is_started_for_who_is_there_and_who_comes_and_ended_for_who_leaves() -> None:
    device = Device()
    with device.running():
        device.program.session_changed(LOGON, 2)
        eventually(lambda: device.alive == [1, 2])
        device.program.session_changed(LOGOFF, 1)
        eventually(lambda: device.alive == [2])
    assert device.alive == []
    assert device.changed == [True, True]


def test_one_that_its_person_ended_is_back() -> None:
    device = Device()
    with device.running():
        device.programs[0][1].runs = False
        eventually(lambda: device.alive == [1])


def test_a_stop_by_an_administrator_is_told_apart_from_a_shutdown() -> None:
    device = Device()
    with device.running():
        pass
    assert device.service.said == ["start", "stopped by an administrator"]
    other = Device()
    with other.running():
        other.program.stop(shutting_down=True)
        eventually(lambda: other.service.said == ["start", "stopped"])


def test_it_begins_anew_where_the_policy_wants_it() -> None:
    device = Device()
    with device.running():
        device.service.is_outdated = True
        eventually(lambda: device.begun_anew == [True])
    assert device.service.said == ["start", "stopped"]


def test_a_session_is_started_without_a_window_and_with_names_that_hold_spaces() -> None:
    command = _command("/opt/Gatehouse Agent/python.exe", "/opt/Gatehouse Agent/start.py")
    assert command == '"/opt/Gatehouse Agent/pythonw.exe" -IS "/opt/Gatehouse Agent/start.py" session'


@pytest.mark.parametrize(
    "module",
    [
        "agent.windows.program",
        "agent.session.command",
        "agent.watchers.watching",
        "agent.windows.screen",
        "agent.telling.notice_command",
        "agent.enrolment.command",
        "agent.status",
        "detection.documents.worker",
    ],
)
def test_what_windows_starts_asks_for_no_module_that_windows_lacks(module: str) -> None:
    script = (
        "import sys\n"
        "for name in ('fcntl', 'grp', 'pwd', 'resource', 'termios', 'Xlib'): sys.modules[name] = None\n"
        f"import {module}"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
