"""Of a second gateway one status is kept, and codes from before there were any are for agents."""

from sqlalchemy.orm import Session

from appliance.agents import codes
from appliance.models import AgentCode, GatewayStatus
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_before_it_says_anything_its_status_is_empty(session: Session) -> None:
    oak = factories.school(session)
    second = factories.device(session, oak, name="second")
    session.add(GatewayStatus(device_id=second.id, organisation_id=oak.id))
    session.flush()
    session.expire_all()
    row = session.get_one(GatewayStatus, second.id)
    assert (row.at, row.status, row.networks) == (None, {}, [])


def test_a_code_of_no_kind_is_for_an_agent(session: Session) -> None:
    oak = factories.school(session)
    row = AgentCode(
        organisation_id=oak.id,
        code_sha256=codes._hash("a"),
        device="",
        uses=1,
        made_at=NOON,
        made_by="it",
        ends_at=NOON,
    )
    session.add(row)
    session.flush()
    assert row.kind == "agent"
