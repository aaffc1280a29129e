"""A code for a second gateway is good for that alone; what is revoked is expected no longer. Both are entries."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import health_notice
from appliance.agents import codes
from appliance.devices import GATEWAY
from appliance.gateways import second_gateways, statuses
from appliance.models import Device, Entry, Notification, NotificationState
from tests.appliance import factories
from tests.appliance.factories import NOON

HOUR = timedelta(hours=1)


def test_a_code_is_for_a_gateway_alone_and_is_an_entry(session: Session) -> None:
    oak = factories.school(session)
    code = second_gateways.new_code(session, oak, "second", HOUR, "reviewer:kim", NOON)
    assert codes.take(session, code, NOON) is None
    found = codes.take(session, code, NOON, GATEWAY)
    assert found is not None
    assert (found.device, found.kind, found.made_by) == ("second", "gateway", "kim")
    assert codes.take(session, code, NOON, GATEWAY) is None
    (entry,) = session.scalars(select(Entry))
    assert (entry.kind, entry.actor) == ("gateway-code", "reviewer:kim")
    assert code not in entry.text.text


@pytest.mark.parametrize(
    ("name", "lasts", "said"),
    [
        ("second", timedelta(days=2), "at most 24 hours"),
        ("gateway", HOUR, "not just"),
        ("Second Box", HOUR, "small letters"),
        ("lab-07", HOUR, "of another kind"),
    ],
)
def test_what_makes_no_sense_is_refused(session: Session, name: str, lasts: timedelta, said: str) -> None:
    oak = factories.school(session)
    factories.device(session, oak, kind="agent", name="lab-07")
    with pytest.raises(ValueError, match=said):
        second_gateways.new_code(session, oak, name, lasts, "kim at the box", NOON)


def test_one_that_is_revoked_is_expected_no_longer(session: Session) -> None:
    oak = factories.school(session)
    second = Device(organisation_id=oak.id, name="second", kind=GATEWAY, token_sha256=None, created_at=NOON)
    session.add(second)
    session.flush()
    statuses.expect(session, second)
    health_notice.warn(session, oak.id, "gateway:second:silent", "s", "b", NOON)
    second_gateways.revoke(session, second, "kim at the box", NOON)
    assert statuses.reported(session) == []
    assert session.scalars(select(Notification.state)).all() == [NotificationState.DISMISSED]
    assert session.scalars(select(Entry.kind)).all() == ["gateway-revoked"]
