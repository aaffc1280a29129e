import logging

import pytest

from agent.windows.sessions import LOGOFF, LOGON, Sessions

LOCK = 7


class Program:
    def __init__(self) -> None:
        self.runs = True

    def is_running(self) -> bool:
        return self.runs

    def end(self) -> None:
        self.runs = False


class Device:
    def __init__(self) -> None:
        self.started, self.killed = list[tuple[int, Program]](), list[int]()
        self.error: OSError | None = None
        self.sessions = Sessions(self.start, self.killed.append)

    def start(self, session: int) -> Program:
        if self.error:
            raise self.error
        self.started.append((session, Program()))
        return self.started[-1][1]

    def numbers(self) -> list[int]:
        return [session for session, _ in self.started]


def test_everybody_signed_in_has_one_and_services_have_none() -> None:
    device = Device()
    device.sessions.begin([0, 1])
    device.sessions.changed(LOGON, 2)
    device.sessions.changed(LOGON, 0)
    device.sessions.changed(LOCK, 3)
    device.sessions.attend()
    device.sessions.attend()
    assert device.numbers() == [1, 2]


def test_one_that_its_user_ended_is_back_at_the_next_look_and_it_is_told() -> None:
    device = Device()
    device.sessions.begin([1])
    device.sessions.attend()
    device.started[0][1].runs = False
    device.sessions.attend()
    assert device.numbers() == [1, 1]
    assert device.killed == [1]


def test_one_whose_person_signs_out_ends_and_nobody_killed_it() -> None:
    device = Device()
    device.sessions.begin([1])
    device.sessions.attend()
    device.sessions.changed(LOGOFF, 1)
    device.sessions.attend()
    assert not device.started[0][1].runs
    assert (device.numbers(), device.killed) == ([1], [])


def test_one_that_cannot_be_started_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    device = Device()
    device.error = OSError("the token is not there yet")
    device.sessions.begin([1])
    with caplog.at_level(logging.WARNING):
        device.sessions.attend()
    assert "session 1 could not be started" in caplog.text
    device.error = None
    device.sessions.attend()
    assert device.numbers() == [1]


def test_at_the_end_all_end() -> None:
    device = Device()
    device.sessions.begin([1, 2])
    device.sessions.attend()
    device.sessions.end()
    assert not any(program.runs for _, program in device.started)
    assert device.killed == []
