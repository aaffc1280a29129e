"""A second gateway is expected from its enrolment on; what it says last stays, by our clock."""

from datetime import timedelta

from sqlalchemy.orm import Session

from appliance.gateways import statuses
from appliance.gateways.heartbeat import Heartbeat, Said
from appliance.models import Device, GatewayStatus
from tests.appliance import factories
from tests.appliance.factories import NOON

HOUR = timedelta(hours=1)


def second(session: Session) -> Device:
    made = factories.device(session, factories.school(session), name="second")
    statuses.expect(session, made)
    return made


def test_before_it_says_anything_it_is_expected(session: Session) -> None:
    device = second(session)
    (found,) = statuses.reported(session)
    assert (found.name, found.status, found.ends_at) == ("second", {}, None)
    device.revoked_at = NOON
    session.flush()
    assert statuses.reported(session) == []


def test_how_old_its_status_is_counts_and_not_its_clock(session: Session) -> None:
    device, its = second(session), NOON - 5 * HOUR
    status = {"at": (its - timedelta(seconds=3)).isoformat(), "faults": {"page": 1}}
    networks = (Said(name="pupils", kind="managed"),)
    statuses.take(session, device, Heartbeat(sent_at=its, networks=networks, status=status), NOON)
    row = session.get_one(GatewayStatus, device.id)
    assert row.status == {"at": (NOON - timedelta(seconds=3)).isoformat(), "faults": {"page": 1}}
    assert (row.at, row.networks) == (NOON, [{"name": "pupils", "kind": "managed"}])


def test_where_its_gateway_says_nothing_the_last_grows_old(session: Session) -> None:
    device = second(session)
    first = {"at": NOON.isoformat()}
    statuses.take(session, device, Heartbeat(sent_at=NOON, networks=(), status=first), NOON)
    statuses.take(session, device, Heartbeat(sent_at=NOON + HOUR, networks=(), status=None), NOON + HOUR)
    row = session.get_one(GatewayStatus, device.id)
    assert (row.at, row.status) == (NOON + HOUR, first)


def test_a_status_without_a_time_is_kept_as_it_is(session: Session) -> None:
    device = second(session)
    statuses.take(session, device, Heartbeat(sent_at=NOON, networks=(), status={"at": "noon"}), NOON)
    assert session.get_one(GatewayStatus, device.id).status == {"at": "noon"}
