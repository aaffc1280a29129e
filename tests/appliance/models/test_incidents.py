"""An incident comes back with its state, and with its captures in the order they were seen."""

from datetime import timedelta

from sqlalchemy.orm import Session

from appliance.models import Status
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_a_state_comes_back_as_itself(session: Session) -> None:
    incident = factories.incident(session, factories.school(session), status=Status.IN_REVIEW)
    session.expire(incident)
    assert incident.status is Status.IN_REVIEW


def test_its_captures_come_in_the_order_they_were_seen(session: Session) -> None:
    oak = factories.school(session)
    incident, gate = factories.incident(session, oak), factories.device(session, oak)
    for id, minutes in (("later", 5), ("first", 0)):
        factories.capture(session, incident, gate, id=id, seen_at=NOON + timedelta(minutes=minutes))
    session.expire(incident)
    assert [capture.id for capture in incident.captures] == ["first", "later"]
