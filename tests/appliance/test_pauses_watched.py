"""The entry at the end of a pause comes when the kernel ended it, though the clock was set meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import network_pauses
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, NetworkPause, Notification, NotificationChannel, NotificationState
from appliance.pauses_watched import PausesWatched
from appliance.provisioning.box_network import Network
from tests.appliance import factories
from tests.appliance.factories import NOON

PUPILS = Network(name="pupils", interface="eth1", address="10.20.0.1/16")
HALF = timedelta(minutes=30)


class Steady:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def watched(sessions: sessionmaker[Session], steady: Steady) -> PausesWatched:
    with sessions.begin() as session:
        network_pauses.pause(session, factories.school(session), PUPILS, HALF, "the exam", "lee at the box", NOON)
    made = PausesWatched(sessions, steady)
    made.check(NOON)
    return made


def ended(watched: PausesWatched) -> bool:
    with watched.sessions() as session:
        return session.scalars(select(NetworkPause.ended_at)).one() is not None


@pytest.mark.parametrize("jump", [timedelta(0), timedelta(hours=-1), timedelta(days=365)])
def test_it_is_over_after_its_time_by_a_clock_that_never_jumps(
    watched: PausesWatched, steady: Steady, jump: timedelta
) -> None:
    steady.seconds += HALF.total_seconds() - 1
    watched.check(NOON + jump + HALF)
    assert not ended(watched)
    steady.seconds += 1
    watched.check(NOON + jump + HALF)
    assert ended(watched)
    with watched.sessions() as session:
        assert session.scalars(select(Entry.kind)).all()[-1] == EntryKind.NETWORK_RESUMED
        banner = select(Notification.state).where(Notification.channel == NotificationChannel.BANNER)
        assert session.scalars(banner).one() is NotificationState.DISMISSED


def test_a_worker_that_starts_later_waits_for_the_rest_alone(watched: PausesWatched, steady: Steady) -> None:
    again = PausesWatched(watched.sessions, steady)
    again.check(NOON + timedelta(minutes=29))
    steady.seconds += 61
    again.check(NOON + timedelta(minutes=30))
    assert ended(watched)


def test_a_worker_that_starts_on_a_clock_set_back_waits_no_longer_than_the_pause(
    watched: PausesWatched, steady: Steady
) -> None:
    again = PausesWatched(watched.sessions, steady)
    again.check(NOON - timedelta(days=400))
    steady.seconds += HALF.total_seconds()
    again.check(NOON - timedelta(days=400))
    assert ended(watched)
