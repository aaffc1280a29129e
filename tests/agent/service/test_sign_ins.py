"""Who signed in and out stands in the journal, and each at the screen has a session."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.service.journal import Journal
from agent.service.logins import Login, account_of
from agent.service.sign_ins import SignIns, unit_order
from tests.detection.scripted_appliance import eventually

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


class Screen:
    """Whoever a test says is there."""

    def __init__(self) -> None:
        self.logins, self.away = list[Login](), False
        self.changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def now(self) -> Iterable[Login]:
        if self.away:
            raise OSError("nobody answers")
        return tuple(self.logins)

    def stop(self) -> None:
        """Nothing runs."""


def login(number: int, account: str = "pupil") -> Login:
    return Login(id=f"s{number}", uid=1000 + number, account=account, since=NOW)


class Desk:
    def __init__(self, file: Path) -> None:
        self.journal, self.screen = Journal(file), Screen()
        self.started, self.changes = list[int](), list[None]()
        self.stopped = list[int]()
        self.now = NOW
        self.sign_ins = self.anew()

    def anew(self) -> SignIns:
        return SignIns(
            self.journal,
            self.screen,
            lambda: self.now,
            start_session=self.started.append,
            stop_session=self.stopped.append,
            changed=lambda: self.changes.append(None),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "j")
    yield made
    made.journal.close()


def test_whoever_comes_gets_a_session_and_a_row(desk: Desk) -> None:
    desk.screen.logins = [login(1), login(2, "other")]
    for _ in range(2):
        desk.sign_ins.refresh()
    assert sorted(desk.started) == [1001, 1002]
    assert {(each.id, each.account, each.until) for each in desk.journal.sign_ins()} == {
        ("s1", "pupil", None),
        ("s2", "other", None),
    }
    assert desk.sign_ins.accounts == {"pupil", "other"}
    assert len(desk.changes) == 1


def test_whoever_goes_has_an_end(desk: Desk) -> None:
    desk.screen.logins = [login(1)]
    desk.sign_ins.refresh()
    desk.screen.logins, desk.now = [], NOW + timedelta(hours=1)
    desk.sign_ins.refresh()
    (ended,) = desk.journal.sign_ins()
    assert ended.until == NOW + timedelta(hours=1)
    assert desk.sign_ins.accounts == frozenset()
    assert desk.stopped == [1001]


def test_over_a_restart_who_stayed_stays_and_who_went_has_gone(desk: Desk) -> None:
    desk.screen.logins = [login(1), login(2)]
    desk.sign_ins.refresh()
    desk.screen.logins = [login(2)]
    desk.sign_ins = desk.anew()
    desk.sign_ins.refresh()
    assert {each.id: each.until is None for each in desk.journal.sign_ins()} == {"s1": False, "s2": True}
    assert desk.started == [1001, 1002, 1002] or desk.started == [1002, 1001, 1002]


def test_whoever_went_while_nobody_looked_has_no_session_left(desk: Desk) -> None:
    desk.screen.logins = [login(1, account_of(os.getuid()))]
    desk.sign_ins.refresh()
    desk.screen.logins = []
    desk.sign_ins = desk.anew()
    desk.sign_ins.refresh()
    assert desk.stopped == [os.getuid()]


def test_a_system_that_does_not_answer_signs_nobody_out(desk: Desk) -> None:
    desk.screen.logins = [login(1)]
    desk.sign_ins.refresh()
    desk.screen.away = True
    desk.sign_ins.refresh()
    assert desk.journal.sign_ins()[0].until is None
    assert desk.sign_ins.accounts == {"pupil"}


def test_it_looks_at_once_when_it_is_told(desk: Desk) -> None:
    desk.sign_ins.start()
    desk.screen.logins = [login(1)]
    desk.screen.changed()
    eventually(lambda: desk.sign_ins.accounts == {"pupil"})
    assert desk.sign_ins.stop(10)


def test_a_session_that_cannot_be_started_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    unit_order("no-such-unit@{uid}.service", "start")(1001)
    assert "the session of uid 1001 is not to start" in caplog.text
