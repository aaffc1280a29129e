"""Gaps that the school's policy makes are entries."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.holding import OFF, Holding
from agent.orders import Orders
from agent.service.journal import Journal
from agent.service.monitoring import Monitored
from agent.service.pauses import Pauses
from detection.agent_policy.policy import Scope
from detection.observation import Subject

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
HOURS = "it is outside the hours in which the school monitors"
PUPIL = Subject(people=("p-17",))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "j")
    yield made
    made.close()


def holding(why: str) -> Monitored:
    return Monitored(subject=PUPIL, holding=Holding(scope=OFF if why else Scope(), why=why), orders=Orders(paused=why))


def test_each_pause_and_its_end_is_told_once_even_over_a_restart(journal: Journal) -> None:
    now = [holding("")]
    for why in ("", HOURS, HOURS, "", ""):
        now[0] = holding(why)
        Pauses(journal, lambda _: now[0], lambda: NOW).look_at(["pupil"])
    paused, resumed = journal.events()
    assert (paused.kind, paused.account, paused.said) == (
        "paused",
        "pupil",
        "It is outside the hours in which the school monitors.",
    )
    assert (resumed.kind, resumed.said) == ("resumed", "")


def test_of_whom_nothing_is_recorded_no_pause_is_either(journal: Journal) -> None:
    nobody = Monitored(subject=None, holding=Holding(scope=OFF, why="x"), orders=Orders(paused="x"))
    Pauses(journal, lambda _: nobody, lambda: NOW).look_at(["visitor"])
    assert journal.events() == []
