"""Waiting ends, and the words are drawn."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import evidence, evidence_waiting
from appliance.models import Capture, DrawState, EvidenceState
from detection.wire import EvidenceNames
from tests.appliance import factories
from tests.appliance.factories import NOON

QUARTER = timedelta(minutes=15)
TWO = EvidenceNames(index="har", blobs={"har": "h", "page": "p"})


@pytest.fixture
def waiting(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    with sessions.begin() as session:
        oak = factories.school(session)
        gate, incident = factories.device(session, oak), factories.incident(session, oak)
        capture = factories.capture(session, incident, gate, draw_state=DrawState.WAITING)
        evidence.expect(session, capture, TWO, "", NOON)
        evidence.take([part for part in capture.parts if part.name == "har"], "h", NOON)
    return sessions


def the(sessions: sessionmaker[Session]) -> Capture:
    with sessions() as session:
        return session.scalars(select(Capture)).one()


def test_before_its_time_nothing_is_given_up(waiting: sessionmaker[Session]) -> None:
    assert evidence_waiting.give_up(waiting, QUARTER, NOON + QUARTER - timedelta(seconds=1)) == 0
    assert the(waiting).evidence_state is EvidenceState.PENDING


def test_then_the_words_are_drawn_and_the_reason_is_said(waiting: sessionmaker[Session]) -> None:
    assert evidence_waiting.give_up(waiting, QUARTER, NOON + QUARTER) == 1
    capture = the(waiting)
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.GIVEN_UP, DrawState.DUE)
    assert capture.evidence_note == "1 of 2 recorded parts did not arrive within 15 minutes."
    assert evidence_waiting.give_up(waiting, QUARTER, NOON + QUARTER) == 0


def test_the_first_picture_of_a_page_stays_when_the_rest_never_comes(waiting: sessionmaker[Session]) -> None:
    with waiting.begin() as session:
        session.scalars(select(Capture)).one().draw_state = DrawState.DRAWN
    evidence_waiting.give_up(waiting, QUARTER, NOON + QUARTER)
    assert (the(waiting).evidence_state, the(waiting).draw_state) == (EvidenceState.GIVEN_UP, DrawState.DRAWN)
