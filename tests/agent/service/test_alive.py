"""The next start tells what became of the run before: stopped, killed, or switched off; and what the clock did."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.service.alive import Alive, boot_id, since_boot
from agent.service.journal import Journal

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


class Time:
    """The wall's clock, and what really passed."""

    def __init__(self) -> None:
        self.now, self.passed = NOW, 1000.0

    def go(self, seconds: float, clock_jumps: float = 0.0) -> None:
        self.now += timedelta(seconds=seconds + clock_jumps)
        self.passed += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "j")
    yield made
    made.close()


def run(journal: Journal, time: Time, boot: str = "b1") -> Alive:
    alive = Alive(journal, lambda: time.now, passed=lambda: time.passed, boot=boot)
    alive.begin()
    return alive


def kinds(journal: Journal) -> list[str]:
    return [event.kind for event in journal.events()]


def test_a_kill_is_told_with_the_gap(journal: Journal, time: Time) -> None:
    run(journal, time).note()
    time.go(4)
    run(journal, time)
    started, killed, again = journal.events()
    assert (started.kind, killed.kind, again.kind) == ("started", "killed", "started")
    assert (killed.at, killed.until) == (NOW, NOW + timedelta(seconds=4))


def test_a_stop_by_an_administrator_is_no_kill(journal: Journal, time: Time) -> None:
    run(journal, time).stop(by_administrator=True)
    run(journal, time)
    assert kinds(journal) == ["started", "stopped", "started"]


def test_shutting_a_device_down_is_neither(journal: Journal, time: Time) -> None:
    run(journal, time).stop(by_administrator=False)
    run(journal, time, boot="b2")
    assert kinds(journal) == ["started", "started"]


def test_a_device_that_just_went_off_was_not_killed(journal: Journal, time: Time) -> None:
    run(journal, time)
    run(journal, time, boot="b2")
    first, second = journal.events()
    assert (second.kind, first.said) == ("started", "")
    assert second.said == "Before that the device went off without being shut down."


@pytest.mark.parametrize(
    ("jumps", "said"),
    [(3600.0, "It was set forward by 60 minutes."), (-86400.0 * 3, "It was set back by 3 days."), (30.0, None)],
)
def test_a_clock_that_was_set_is_told(journal: Journal, time: Time, jumps: float, said: str | None) -> None:
    alive = run(journal, time)
    time.go(10, jumps)
    alive.note()
    time.go(10)
    alive.note()
    assert [event.said for event in journal.events() if event.kind == "clock"] == ([said] if said else [])


def test_a_clock_set_back_while_it_was_dead_makes_no_gap_that_ends_before_it_begins(
    journal: Journal, time: Time
) -> None:
    run(journal, time)
    time.go(5, -7200)
    run(journal, time)
    (killed,) = (event for event in journal.events() if event.kind == "killed")
    assert killed.until
    assert killed.until - killed.at == timedelta(seconds=5)
    assert [event.said for event in journal.events() if event.kind == "clock"] == ["It was set back by 120 minutes."]


def test_what_happened_before_counts_by_the_clock_as_it_is_now(journal: Journal, time: Time) -> None:
    """The appliance corrects all that a device tells by one and the same difference."""
    alive = run(journal, time)
    time.go(100, 3600)
    alive.note()
    started, _ = journal.events()
    assert started.at == NOW + timedelta(hours=1)


def test_how_far_the_clock_was_set_is_known_at_once_and_over_restarts(journal: Journal, time: Time) -> None:
    alive = run(journal, time)
    assert alive.shift() == 0
    time.go(5, 3600)
    assert alive.shift() == 3600
    alive.note()
    again = run(journal, time)
    assert again.shift() == 3600
    time.go(5, -600)
    assert again.shift() == 3000


def test_a_device_that_forgot_the_time_while_it_was_off_was_set_back(journal: Journal, time: Time) -> None:
    run(journal, time).stop(by_administrator=False)
    time.go(0, -86400.0 * 30)
    time.passed = 5
    alive = run(journal, time, boot="b2")
    assert alive.shift() == -86400.0 * 30
    assert [event.kind for event in journal.events()].count("clock") == 1


def test_it_notes_by_itself(journal: Journal) -> None:
    alive = Alive(journal, lambda: datetime.now(UTC), every=0.01, boot=boot_id())
    alive.begin()
    before = journal.marked("alive")
    alive.start()
    end = since_boot() + 20
    while journal.marked("alive") == before and since_boot() < end:
        pass
    alive.stop(by_administrator=True)
    assert journal.marked("alive") > before
