"""A device says what was on itself, of who was on it, from the time it was away; anything else is refused."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from appliance.agents.admission import ByCertificate
from appliance.models import AgentSignIn, Device
from detection import wire
from detection.observation import Mark
from tests.appliance import factories
from tests.appliance.factories import NOON


@pytest.fixture
def lab(session: Session) -> Device:
    oak = factories.school(session)
    pupil = factories.person(session, oak, "p1")
    made = factories.device(session, oak, kind="agent", name="lab-07")
    session.add(
        AgentSignIn(
            organisation_id=oak.id,
            device_id=made.id,
            said_id="s1",
            account="a",
            local=False,
            person_id=pupil.id,
            since=NOON,
            until=None,
        )
    )
    session.flush()
    return made


def check(
    session: Session, lab: Device, at: datetime = NOON, marks: frozenset[Mark] = frozenset(), **subject: Any
) -> None:
    plain = factories.report(marks=marks)
    whose = replace(plain.detection.observation.subject, **{"device": "lab-07", "identity_source": "agent", **subject})
    observation = replace(plain.detection.observation, subject=whose)
    said = wire.Report(detection=replace(plain.detection, observation=observation))
    ByCertificate(lambda: NOON).check(session, lab, said, at)


def test_of_itself_and_who_is_signed_in_it_may_speak(session: Session, lab: Device) -> None:
    check(session, lab)
    check(session, lab, NOON - timedelta(minutes=5))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"device": "lab-08"}, "subject.device"),
        ({"device": None}, "subject.device"),
        ({"identity_source": "radius"}, "identity_source"),
        ({"people": ()}, "people"),
        ({"at": NOON - timedelta(minutes=6)}, "seen_at"),
        ({"marks": frozenset({Mark.REPLAY})}, "marks"),
    ],
)
def test_of_others_of_nobody_and_of_long_ago_it_may_not(
    session: Session, lab: Device, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(wire.WireError, match=said):
        check(session, lab, **fields)


def test_who_shows_no_certificate_is_nobody(session: Session) -> None:
    with Flask(__name__).test_request_context():
        assert ByCertificate(lambda: NOON).device(session) is None
