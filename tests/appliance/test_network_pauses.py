"""A pause is told to those who answer for the children, once each, and to nobody of another school."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import network_pauses
from appliance.models import Notification, NotificationChannel, ReviewerRole
from appliance.provisioning.box_network import Network
from tests.appliance import factories
from tests.appliance.factories import NOON

PUPILS = Network(name="pupils", interface="eth1", address="10.20.0.1/16")


def test_lead_and_deputy_are_mailed(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    factories.reviewer(session, oak, ReviewerRole.DSL, email="dsl@oak.example")
    factories.reviewer(session, oak, ReviewerRole.DEPUTY, email="deputy@oak.example")
    factories.reviewer(session, oak, ReviewerRole.NETWORK_MANAGER, email="it@oak.example")
    factories.reviewer(session, elm, ReviewerRole.DSL, email="dsl@elm.example")
    network_pauses.pause(session, oak, PUPILS, timedelta(minutes=5), "exam", "lee at the box", NOON)
    mails = select(Notification).where(Notification.channel == NotificationChannel.EMAIL)
    told = session.scalars(mails.order_by(Notification.recipient)).all()
    assert [each.recipient for each in told] == ["deputy@oak.example", "dsl@oak.example"]
    assert told[0].body.endswith("Until 2026-03-04 12:05 UTC nothing on it is monitored.")


def test_a_network_may_be_paused_again_once_it_was_resumed(session: Session) -> None:
    oak = factories.school(session)
    for _ in range(2):
        row = network_pauses.pause(session, oak, PUPILS, timedelta(minutes=5), "exam", "lee at the box", NOON)
        said = network_pauses.resume(session, row, "lee at the box", NOON)
    assert (
        said
        == "The pause of network pupils since 2026-03-04 12:00 UTC is ended early by lee at the box; it is read again."
    )
