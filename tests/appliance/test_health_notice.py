"""What is wrong is told once, until it is well; and again when it comes back."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import health_notice
from appliance.models import Notification, NotificationState, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

LATER = NOON + timedelta(hours=1)


def warn(session: Session, school: Organisation, minutes: int = 0, key: str = "gateway") -> Notification:
    now = NOON + timedelta(minutes=minutes)
    health_notice.warn(session, school.id, key, "A gateway is silent", "gate-1 has stopped.", now)
    return session.scalars(select(Notification).where(Notification.key == key)).one()


def test_it_is_told_once_while_it_lasts(session: Session) -> None:
    oak = factories.school(session)
    first = warn(session, oak)
    first.state, first.sent_at = NotificationState.SENT, NOON
    again = warn(session, oak, minutes=5)
    assert (again.state, again.created_at) == (NotificationState.SENT, NOON)


def test_it_goes_when_it_is_well_and_comes_back_when_it_is_not(session: Session) -> None:
    oak = factories.school(session)
    warn(session, oak)
    health_notice.all_clear(session, oak.id, "gateway")
    assert warn(session, oak, minutes=60).created_at == LATER
    assert session.scalars(select(Notification.state)).all() == [NotificationState.DUE]


def test_it_goes_by_itself_and_says_so(session: Session) -> None:
    oak = factories.school(session)
    notice = warn(session, oak)
    health_notice.all_clear(session, oak.id, "gateway")
    health_notice.all_clear(session, oak.id, "another")
    assert (notice.state, notice.note) == (NotificationState.DISMISSED, "over by itself")


def test_each_school_has_its_own(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    for school in (oak, elm):
        health_notice.warn(session, school.id, "gateway", "A gateway is silent", "gate-1 has stopped.", NOON)
    health_notice.all_clear(session, oak.id, "gateway")
    states = session.scalars(select(Notification.state).order_by(Notification.organisation_id)).all()
    assert states == [NotificationState.DISMISSED, NotificationState.DUE]
