"""What a person does to their own session is an entry."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.holding import OFF, Holding
from agent.orders import Orders
from agent.service.gaps import AWAY, BACK, Gaps
from agent.service.journal import Journal
from agent.service.monitoring import Monitored
from detection.agent_policy.policy import Scope
from detection.observation import Subject

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


class Desk:
    def __init__(self, file: Path) -> None:
        self.journal, self.now, self.why = Journal(file), NOW, ""
        self.gaps = Gaps(self.journal, self.monitored, lambda: self.now)

    def monitored(self, account: str) -> Monitored:
        subject = Subject(people=("p-17",)) if account == "pupil" else None
        holding = Holding(scope=OFF if self.why else Scope(), why=self.why)
        return Monitored(subject=subject, holding=holding, orders=Orders(paused=self.why))

    def wait(self, seconds: float, *present: str) -> None:
        self.now += timedelta(seconds=seconds)
        self.gaps.look(present)

    @property
    def told(self) -> list[tuple[str, float, float | None, str]]:
        """Kind, seconds from the beginning, and to which."""
        return [
            (
                event.kind,
                (event.at - NOW).total_seconds(),
                (event.until - NOW).total_seconds() if event.until else None,
                event.said,
            )
            for event in self.journal.events()
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "j")
    yield made
    made.journal.close()


def test_a_session_that_was_killed_and_is_back_leaves_its_gap(desk: Desk) -> None:
    desk.gaps.came("pupil")
    desk.wait(10, "pupil")
    desk.gaps.went("pupil")
    desk.now += timedelta(seconds=1)
    desk.gaps.came("pupil")
    desk.wait(100, "pupil")
    assert desk.told == [("killed", 10, 11, BACK)]
    assert desk.journal.events()[0].account == "pupil"


def test_a_session_that_stays_away_is_told_before_it_is_back(desk: Desk) -> None:
    desk.gaps.came("pupil")
    desk.gaps.went("pupil")
    for _ in range(3):
        desk.wait(40, "pupil")
    assert desk.told == [("killed", 0, None, AWAY)]
    desk.gaps.came("pupil")
    assert desk.told[1:] == [("resumed", 120, None, "")]


def test_a_session_that_never_comes_is_told(desk: Desk) -> None:
    desk.wait(0, "pupil")
    desk.wait(30, "pupil")
    assert desk.told == []
    desk.wait(30, "pupil")
    assert desk.told == [("killed", 0, None, AWAY)]


def test_one_that_comes_a_little_after_its_person_leaves_no_gap(desk: Desk) -> None:
    desk.wait(0, "pupil")
    desk.wait(5, "pupil")
    desk.gaps.came("pupil")
    assert desk.told == []


def test_whoever_signs_out_takes_their_session_along(desk: Desk) -> None:
    desk.gaps.came("pupil")
    desk.gaps.went("pupil")
    desk.wait(5)
    assert desk.told == []


def test_whoever_ends_it_and_signs_out_later_leaves_a_gap(desk: Desk) -> None:
    desk.gaps.came("pupil")
    desk.gaps.went("pupil")
    desk.wait(30)
    assert [(kind, since, until) for kind, since, until, _ in desk.told] == [("killed", 0, 30)]


def test_of_whom_nothing_is_recorded_no_gap_is_either(desk: Desk) -> None:
    desk.gaps.came("visitor")
    desk.gaps.went("visitor")
    desk.why = "outside the hours"
    desk.gaps.came("pupil")
    desk.gaps.went("pupil")
    desk.wait(120, "visitor", "pupil")
    assert desk.told == []


def test_with_two_sessions_one_that_ends_leaves_no_gap(desk: Desk) -> None:
    desk.gaps.came("pupil")
    desk.gaps.came("pupil")
    desk.gaps.went("pupil")
    desk.wait(120, "pupil")
    assert desk.told == []
