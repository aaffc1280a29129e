"""A capture is stored once, and no piece of evidence without the capture it belongs to."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance.models import EvidencePart
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_the_same_observation_is_the_same_row(session: Session) -> None:
    oak = factories.school(session)
    incident, gate = factories.incident(session, oak), factories.device(session, oak)
    factories.capture(session, incident, gate, id="obs-1")
    session.expunge_all()
    with pytest.raises(IntegrityError):
        factories.capture(session, incident, gate, id="obs-1")


def test_evidence_belongs_to_a_capture(session: Session) -> None:
    oak = factories.school(session)
    session.add(EvidencePart(organisation_id=oak.id, capture_reported_at=NOON, capture_id="nowhere", name="a1"))
    with pytest.raises(IntegrityError):
        session.flush()
