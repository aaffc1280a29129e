"""A backup that is too old, failed or was never made is warned of until there is a good one."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.backups_watched import BackupsWatched
from appliance.entry_kinds import EntryKind
from appliance.models import Notification, NotificationState, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

DAY = timedelta(days=1)


@pytest.fixture
def watched(sessions: sessionmaker[Session]) -> BackupsWatched:
    with sessions.begin() as session:
        factories.entry(session, factories.school(session))
        factories.school(session, "elm")
    return BackupsWatched(sessions, 7)


def happened(watched: BackupsWatched, kind: EntryKind, days: int) -> None:
    with watched.sessions.begin() as session:
        factories.entry(session, session.get_one(Organisation, 1), kind=kind, at=NOON + days * DAY)


def warned(watched: BackupsWatched, days: int) -> list[str]:
    watched.check(NOON + days * DAY)
    with watched.sessions() as session:
        standing = select(Notification.key).where(Notification.state != NotificationState.DISMISSED)
        return sorted(session.scalars(standing))


def test_one_that_was_never_made_is_missed_after_a_week(watched: BackupsWatched) -> None:
    assert warned(watched, 7) == []
    assert warned(watched, 8) == ["backup:old"]
    happened(watched, EntryKind.BACKED_UP, 8)
    assert warned(watched, 9) == []
    assert warned(watched, 16) == ["backup:old"]


def test_one_that_failed_is_told_until_one_succeeds(watched: BackupsWatched) -> None:
    happened(watched, EntryKind.BACKED_UP, 1)
    happened(watched, EntryKind.NOT_BACKED_UP, 2)
    assert warned(watched, 2) == ["backup:failed"]
    happened(watched, EntryKind.BACKED_UP, 3)
    assert warned(watched, 3) == []


def test_nobody_is_warned_who_did_not_want_it(watched: BackupsWatched) -> None:
    assert warned(BackupsWatched(watched.sessions, 0), 100) == []
