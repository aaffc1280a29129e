"""What users would notice of a clock that was set back an hour: nothing is put off, nobody kept out or in for long."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices, evidence_waiting, health_notice, reviewers, signing_in
from appliance.drawing import Drawings
from appliance.models import Capture, Device, DrawState, EvidenceState, NotificationChannel, Organisation
from appliance.notifications.banner import Banner
from appliance.sending import Sender
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.signed_in import reviewer_of

LATER = NOON - timedelta(hours=1)
"""What the clock says after it was set back."""
PASSWORD = "three quiet otters"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def oak(sessions: sessionmaker[Session]) -> int:
    with sessions.begin() as session:
        return factories.school(session).id


def test_an_alert_that_waited_is_sent_at_once(sessions: sessionmaker[Session], oak: int) -> None:
    with sessions.begin() as session:
        health_notice.warn(session, oak, "k", "Subject", "Body.", NOON)
    sender = Sender(sessions, {NotificationChannel.BANNER: Banner()}, "https://g.example")
    assert sender.send_one(LATER)
    assert not sender.send_one(LATER)


def test_a_capture_is_drawn_and_not_waited_for(sessions: sessionmaker[Session], oak: int) -> None:
    with sessions.begin() as session:
        school = session.get_one(Organisation, oak)
        incident, gate = factories.incident(session, school), factories.device(session, school)
        factories.capture(session, incident, gate, id="due")
        factories.capture(
            session,
            incident,
            gate,
            id="waits",
            draw_state=DrawState.WAITING,
            evidence_state=EvidenceState.PENDING,
            evidence_named_at=NOON,
        )
    drawings = Drawings(sessions, Vault(Path("/nowhere")), None)  # type: ignore[arg-type]
    claimed = drawings.claim(LATER)
    assert claimed is not None
    assert claimed.id == "due"
    assert evidence_waiting.give_up(sessions, timedelta(minutes=15), LATER) == 1
    with sessions() as session:
        waits = session.scalars(select(Capture).where(Capture.id == "waits")).one()
        assert waits.draw_state is DrawState.DUE


def test_nobody_is_signed_out_and_nobody_stays_signed_in_for_a_year(sessions: sessionmaker[Session], oak: int) -> None:
    with sessions.begin() as session:
        kim = factories.reviewer(session, session.get_one(Organisation, oak), login="kim")
        reviewers.set_password(kim, PASSWORD)
        token = signing_in.sign_in(session, "kim", PASSWORD, "192.0.2.1", NOON)
        assert token is not None
        assert reviewer_of(session, token, LATER) is kim
        assert reviewer_of(session, token, NOON - timedelta(days=365)) is None


def test_who_mistyped_before_is_not_kept_out_for_an_hour(sessions: sessionmaker[Session], oak: int) -> None:
    with sessions.begin() as session:
        kim = factories.reviewer(session, session.get_one(Organisation, oak), login="kim")
        reviewers.set_password(kim, PASSWORD)
        for _ in range(5):
            signing_in.prove(session, "kim", "a guess", "192.0.2.1", NOON)
        with pytest.raises(signing_in.TooManyAttempts):
            signing_in.prove(session, "kim", PASSWORD, "192.0.2.1", NOON)
        assert signing_in.prove(session, "kim", PASSWORD, "192.0.2.1", LATER) is kim


def test_a_sensor_that_reports_is_noted_by_the_new_clock(sessions: sessionmaker[Session], oak: int) -> None:
    with sessions.begin() as session:
        gate = factories.device(session, session.get_one(Organisation, oak))
        gate.last_seen_at = NOON
        assert devices.is_silent(session.scalars(select(Device)).one(), LATER)
