"""That the disk fills is told while rows can be written, and by mail alone when none can; and when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import store
from appliance.models import Notification, NotificationChannel, NotificationState, ReviewerRole
from appliance.notifications.base import Alert
from appliance.room import Level, Room
from appliance.room_watched import AGAIN, RoomWatched
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.tmpfs import Tmpfs

MB = 2**20


@dataclass
class Post:
    sent: list[Alert] = field(default_factory=list)

    def send(self, alert: Alert) -> None:
        self.sent.append(alert)


@pytest.fixture
def watched(tmpfs: Tmpfs) -> Iterator[RoomWatched]:
    url = f"sqlite:///{tmpfs.folder / 'gatehouse.db'}"
    store.migrate(url)
    sessions = store.sessions(url)
    with sessions.begin() as session:
        oak = factories.school(session)
        factories.reviewer(session, oak, ReviewerRole.NETWORK_MANAGER, email="it@oak.example")
        factories.reviewer(session, oak, ReviewerRole.MODERATOR, email="mo@oak.example")
    yield RoomWatched(sessions, Room(places=(tmpfs.folder,), recordings=12 * MB, pictures=6 * MB), Post())
    sessions.kw["bind"].dispose()


def rows(sessions: sessionmaker[Session], channel: NotificationChannel) -> list[str]:
    with sessions() as session:
        wanted = select(Notification).where(Notification.state == NotificationState.DUE).order_by(Notification.id)
        return [row.subject for row in session.scalars(wanted) if row.channel is channel]


def test_each_mark_is_told_once_and_over_when_there_is_room(watched: RoomWatched, tmpfs: Tmpfs) -> None:
    assert watched.check(NOON) is Level.ALL
    tmpfs.fill(10 * MB)
    for _ in range(2):
        assert watched.check(NOON) is Level.NO_RECORDINGS
    assert rows(watched.sessions, NotificationChannel.EMAIL) == ["The disk is nearly full"]
    tmpfs.fill(3 * MB)
    watched.check(NOON)
    assert rows(watched.sessions, NotificationChannel.BANNER) == ["The disk is almost full: words only"]
    tmpfs.empty()
    watched.check(NOON)
    assert rows(watched.sessions, NotificationChannel.BANNER) == []


def test_a_disk_that_takes_no_row_is_told_by_mail_all_the_same(watched: RoomWatched, tmpfs: Tmpfs) -> None:
    seconds = 0.0
    watched.steady = lambda: seconds
    tmpfs.fill()
    for _ in range(2):
        assert watched.check(NOON) is Level.DETECTIONS
    assert isinstance(watched.mail, Post)
    (alert,) = watched.mail.sent
    assert (alert.recipient, alert.subject) == ("it@oak.example", "The disk is almost full: words only")
    assert alert.body.endswith("0 MB are free.")
    seconds = AGAIN
    watched.check(NOON)
    assert len(watched.mail.sent) == 2
