"""Those who are to know are told, of the right incidents, without a word about the child."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import alerting
from appliance.models import (
    Incident,
    Notification,
    NotificationChannel,
    NotificationKind,
    Organisation,
    Reviewer,
    ReviewerRole,
)
from tests.appliance import factories
from tests.appliance.factories import NOON

DSL, DEPUTY, MODERATOR, OFFICER, NETWORK = ReviewerRole


@pytest.fixture
def oak(session: Session) -> Organisation:
    forest = factories.trust(session)
    oak = factories.school(session, "oak", trust=forest)
    factories.school(session, "elm", trust=forest)
    for role in (DSL, DEPUTY, MODERATOR, NETWORK):
        factories.reviewer(session, oak, role)
    factories.reviewer(session, forest, OFFICER)
    return oak


def announce(session: Session, oak: Organisation, not_to: Reviewer | None = None, **fields: object) -> Incident:
    about = factories.person(session, oak, name="Sam Field")
    incident = factories.incident(session, oak, about, **fields)
    alerting.announce(session, incident, factories.entry(session, oak), NOON, not_to=not_to)
    return incident


def mailed(session: Session) -> list[str]:
    wanted = select(Notification.recipient).where(Notification.channel == NotificationChannel.EMAIL)
    return sorted(session.scalars(wanted))


def test_the_dsl_and_the_deputies_are_mailed_and_the_console_shows_it(session: Session, oak: Organisation) -> None:
    incident = announce(session, oak, severity=4)
    assert mailed(session) == ["deputy-oak@oak.example", "dsl-oak@oak.example"]
    banners = session.scalars(select(Notification).where(Notification.channel == NotificationChannel.BANNER)).all()
    assert [(b.incident_id, b.severity) for b in banners] == [(incident.id, 4)]


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_what_is_less_grave_waits_in_the_queue(session: Session, oak: Organisation, severity: int) -> None:
    announce(session, oak, severity=severity)
    assert session.scalars(select(Notification)).all() == []


def test_nobody_is_told_of_a_recording(session: Session, oak: Organisation) -> None:
    announce(session, oak, severity=5, replayed=True)
    assert session.scalars(select(Notification)).all() == []


def test_what_may_be_about_staff_goes_to_the_dsl_and_the_trust(session: Session, oak: Organisation) -> None:
    announce(session, oak, severity=5, subject_role="staff")
    assert mailed(session) == ["dsl-oak@oak.example", "trust-officer-forest@forest.example"]


def test_whoever_raised_it_and_whoever_left_are_not_told(session: Session, oak: Organisation) -> None:
    dsl, deputy = session.scalars(select(Reviewer).order_by(Reviewer.id)).all()[:2]
    deputy.disabled_at = NOON
    announce(session, oak, not_to=dsl, severity=5)
    assert mailed(session) == []


def test_nothing_about_the_child_is_said(session: Session, oak: Organisation) -> None:
    incident = announce(session, oak, severity=5, category="self-harm")
    for told in session.scalars(select(Notification)):
        said = f"{told.subject} {told.body}".lower()
        assert f"incident {incident.id}" in said
        assert not any(word in said for word in ("sam", "field", "self", "harm", "oak", "p1"))


def test_where_nobody_can_be_mailed_the_console_says_so(session: Session) -> None:
    announce(session, factories.school(session, "ash"), severity=4)
    kinds = session.scalars(select(Notification.kind).order_by(Notification.kind)).all()
    assert kinds == [NotificationKind.HEALTH, NotificationKind.INCIDENT]
