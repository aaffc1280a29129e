"""That the clock was set is said once, and the chain goes on in its own order."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chain_check
from appliance.clock_watched import ClockWatched
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText, Notification, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

TEN = timedelta(seconds=10)


class Steady:
    seconds = 500.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watched(sessions: sessionmaker[Session]) -> ClockWatched:
    with sessions.begin() as session:
        factories.entry(session, factories.school(session), at=NOON)
    return ClockWatched(sessions, Steady())


def passed(watched: ClockWatched, now: datetime) -> None:
    watched.steady.seconds += TEN.total_seconds()  # type: ignore[attr-defined]
    watched.check(now)


def said(watched: ClockWatched) -> list[str]:
    with watched.sessions() as session:
        jumps = select(EntryText.text).join(Entry, Entry.sequence == EntryText.sequence)
        return list(session.scalars(jumps.where(Entry.kind == EntryKind.CLOCK_SET).order_by(Entry.sequence)))


@pytest.mark.parametrize(
    ("jump", "words"),
    [
        (timedelta(hours=-1), "set back by 1 hours and 0 minutes"),
        (timedelta(days=365), "set forward by 365 days and 0 hours"),
        (timedelta(minutes=3), "set forward by 3 minutes"),
    ],
)
def test_a_jump_is_an_entry_and_a_banner_and_the_chain_stays_whole(
    watched: ClockWatched, jump: timedelta, words: str
) -> None:
    watched.check(NOON)
    for count in (1, 2, 3):
        passed(watched, NOON + jump + count * TEN)
    (text,) = said(watched)
    assert words in text
    with watched.sessions.begin() as session:
        assert words in session.scalars(select(Notification.body)).one()
        factories.entry(session, session.get_one(Organisation, 1), at=NOON + jump)
        assert chain_check.faults(session, 1) == []
        assert list(session.scalars(select(Entry.sequence).order_by(Entry.sequence))) == [1, 2, 3]


def test_what_time_servers_correct_is_no_jump(watched: ClockWatched) -> None:
    watched.check(NOON)
    for count in range(1, 5):
        passed(watched, NOON + count * (TEN + timedelta(seconds=2)))
    assert said(watched) == []


def test_a_clock_set_while_nobody_looked_is_noticed_at_the_start(watched: ClockWatched) -> None:
    watched.check(NOON - timedelta(hours=2))
    assert ["set back by 2 hours" in text for text in said(watched)] == [True]


def test_a_worker_that_starts_in_time_says_nothing(watched: ClockWatched) -> None:
    watched.check(NOON - timedelta(seconds=3))
    assert said(watched) == []
    assert ClockWatched(watched.sessions).steady() > 0
