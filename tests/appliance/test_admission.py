"""Who has a token that stands is let in; an agent's device has none, whatever it shows."""

from flask import Flask
from sqlalchemy.orm import Session

from appliance.admission import ByToken
from appliance.models import Device
from tests.appliance import factories
from tests.appliance.factories import NOON


def who(session: Session, header: str) -> str | None:
    with Flask(__name__).test_request_context(headers={"Authorization": header}):
        device = ByToken().device(session)
    return device.name if device else None


def test_a_token_that_stands_lets_its_device_in(session: Session) -> None:
    oak = factories.school(session)
    factories.device(session, oak, token="oak")
    factories.device(session, oak, token="old", name="gate-2").revoked_at = NOON
    session.add(Device(organisation_id=oak.id, name="lab-07", kind="agent", token_sha256=None, created_at=NOON))
    session.flush()
    assert who(session, "Bearer oak") == "gate-1"
    assert [who(session, header) for header in ("Bearer old", "Bearer ", "Basic oak", "")] == [None] * 4
