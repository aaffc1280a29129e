"""What a device says of itself is filed, with its clock put right, and its outbox is known to have been empty."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance.agents import heartbeat, statuses
from appliance.models import AgentStatus, Device
from tests.appliance import factories
from tests.appliance.agents import device as devices
from tests.appliance.factories import NOON

HOUR = timedelta(hours=1)
FULL = {"waiting": 3, "set_aside": 1, "dropped": 0, "oldest_waiting": NOON.isoformat()}


@pytest.fixture
def lab(session: Session) -> Device:
    return factories.device(session, factories.school(session), kind="agent", name="lab-07")


def beat(session: Session, lab: Device, now: datetime, *, sent: datetime | None = None, **fields: Any) -> AgentStatus:
    said = heartbeat.read(json.dumps(devices.heartbeat(sent or now) | fields).encode())
    statuses.take(session, lab, said, address="10.1.2.3", addresses=["10.1.2.3"], now=now)
    return session.get_one(AgentStatus, lab.id)


def test_it_is_filed_with_what_the_device_says_it_is(session: Session, lab: Device) -> None:
    status = beat(session, lab, NOON + HOUR, outbox=FULL, health=["No access to the screen."])
    assert (lab.system, lab.agent_version, lab.last_seen_at) == ("Linux 6.1", "1.0", NOON + HOUR)
    assert (status.waiting, status.set_aside, status.health) == (3, 1, ["No access to the screen."])
    assert (status.address, status.on_site, status.oldest_waiting) == ("10.1.2.3", True, NOON)


def test_what_waits_keeps_the_time_at_which_nothing_did(session: Session, lab: Device) -> None:
    assert beat(session, lab, NOON + HOUR, outbox=FULL).emptied_at == NOON
    assert beat(session, lab, NOON + 2 * HOUR).emptied_at == NOON + 2 * HOUR
    assert beat(session, lab, NOON + 3 * HOUR, outbox=FULL).emptied_at == NOON + 2 * HOUR


def test_a_wrong_clock_is_known_and_its_times_are_put_right(session: Session, lab: Device) -> None:
    status = beat(session, lab, NOON + HOUR, sent=NOON, last_detection_at=NOON.isoformat())
    assert (status.clock_off, status.last_detection_at) == (3600.0, NOON + HOUR)


def test_it_was_on_site_from_when_it_was_heard_of_there_until_that_no_longer_holds(
    session: Session, lab: Device
) -> None:
    for minutes in (60, 61):
        beat(session, lab, NOON + timedelta(minutes=minutes))
    was = {
        minutes: statuses.was_on_site(session, lab, NOON + timedelta(minutes=minutes)) for minutes in (59, 60, 76, 77)
    }
    assert was == {59: False, 60: True, 76: True, 77: False}
    beat(session, lab, NOON + 2 * HOUR)
    assert not statuses.was_on_site(session, lab, NOON + HOUR)


def test_whether_it_runs_follows_from_what_happened_last(session: Session, lab: Device) -> None:
    assert beat(session, lab, NOON, events=[devices.event(NOON, "paused")]).state == "paused"
    assert beat(session, lab, NOON).state == "paused"
    resumed, stopped = (devices.event(NOON, kind, id=kind) for kind in ("resumed", "stopped"))
    assert beat(session, lab, NOON, events=[resumed]).state == "running"
    assert beat(session, lab, NOON, events=[stopped]).state == "stopped"
