"""What is wrong with a device is said in words; a device that is merely off is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance.agents import fleet, policies
from appliance.agents.fleet import Standing
from appliance.models import AgentCertificate, AgentEvent, AgentPolicy, Device, Organisation
from tests.appliance import factories
from tests.appliance.agents.rows import status
from tests.appliance.factories import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
"""NOON is a Wednesday."""


@pytest.fixture
def oak(session: Session) -> Organisation:
    return factories.school(session)


def device(
    session: Session, oak: Organisation, name: str = "lab-07", *, ends: datetime | None = NOON + 300 * DAY
) -> Device:
    made = factories.device(session, oak, token=name, name=name, kind="agent")
    made.agent_version, made.created_at = "1.2", NOON - 30 * DAY
    if ends:
        session.add(
            AgentCertificate(
                serial=name, organisation_id=oak.id, device_id=made.id, issued_at=NOON - 30 * DAY, ends_at=ends
            )
        )
    session.flush()
    return made


def well(session: Session, of: Device, at: datetime = NOON, **fields: Any) -> None:
    school = session.get_one(Organisation, of.organisation_id)
    status(session, of, at, **{"policy_version": policies.in_force(session, school)["version"], **fields})


def only(session: Session, oak: Organisation, now: datetime = NOON) -> Standing:
    found = {each.device.name: each for each in fleet.of_school(session, oak, now).standings}
    return found["lab-07"]


def test_of_one_that_is_well_nothing_is_said(session: Session, oak: Organisation) -> None:
    well(session, device(session, oak))
    found = only(session, oak)
    assert (found.state, found.troubles, found.silent) == ("On site", (), False)


@pytest.mark.parametrize(
    ("fields", "state", "said"),
    [
        ({"clock_off": -7200.0}, "On site", "Its clock is 2 hours ahead."),
        ({"clock_off": 180.0}, "On site", "Its clock is 3 minutes behind."),
        ({"set_aside": 1}, "On site", "1 detection was refused and set aside on it."),
        ({"dropped": 2}, "On site", "2 detections were dropped for want of room."),
        (
            {"waiting": 3, "oldest_waiting": NOON - 2 * HOUR},
            "On site",
            "3 detections wait on it longer than an hour.",
        ),
        ({"health": ["The screen cannot be read."]}, "On site", "It says: The screen cannot be read."),
        ({"policy_version": "old"}, "On site", "It goes by an earlier policy."),
        ({"state": "stopped"}, "Stopped", "An administrator of the device stopped the agent."),
        (
            {"state": "removed"},
            "Removed",
            "The agent was removed; take the device out of use with gatehouse agent revoke.",
        ),
    ],
)
def test_what_is_wrong_is_said(
    session: Session, oak: Organisation, fields: dict[str, Any], state: str, said: str
) -> None:
    well(session, device(session, oak), **fields)
    found = only(session, oak)
    assert (found.state, found.troubles) == (state, (said,))


@pytest.mark.parametrize(("fields", "state"), [({"on_site": False}, "Off site"), ({"state": "paused"}, "Paused")])
def test_being_at_home_or_paused_is_no_trouble(
    session: Session, oak: Organisation, fields: dict[str, Any], state: str
) -> None:
    well(session, device(session, oak), **fields)
    assert (only(session, oak).state, only(session, oak).troubles) == (state, ())


def test_off_overnight_is_off_and_three_days_of_school_are_silence(session: Session, oak: Organisation) -> None:
    well(session, device(session, oak), NOON - DAY)
    well(session, device(session, oak, "lab-08"))
    assert (only(session, oak).state, only(session, oak).silent) == ("Off or away", False)
    later = NOON + 5 * DAY  # Monday: Wednesday, Thursday and Friday went by
    session.get_one(fleet.AgentStatus, _id(session, "lab-08")).at = later
    session.flush()
    assert (only(session, oak, later).state, only(session, oak, later).silent) == ("Silent", True)


def test_where_none_is_heard_of_it_is_the_box_that_is_silent(session: Session, oak: Organisation) -> None:
    well(session, device(session, oak))
    assert not only(session, oak, NOON + 20 * DAY).silent


def test_one_that_never_said_anything_is_told_after_an_hour(session: Session, oak: Organisation) -> None:
    fresh = device(session, oak)
    fresh.created_at = NOON
    assert (only(session, oak).state, only(session, oak).troubles) == ("Never heard of", ())
    assert only(session, oak, NOON + 2 * HOUR).troubles == ("It was enrolled and has said nothing since.",)


def test_gaps_of_the_last_days_are_counted(session: Session, oak: Organisation) -> None:
    lab = device(session, oak)
    well(session, lab)
    for number, ago in enumerate((HOUR, 2 * HOUR, 8 * DAY)):
        session.add(
            AgentEvent(device_id=lab.id, said_id=str(number), organisation_id=oak.id, kind="killed", at=NOON - ago)
        )
    session.flush()
    assert only(session, oak).troubles == ("The agent was killed 2 times within 7 days.",)


def test_an_older_version_is_told_from_a_newer(session: Session, oak: Organisation) -> None:
    lab, other = device(session, oak), device(session, oak, "lab-08")
    well(session, lab)
    other.agent_version = "1.10"
    assert only(session, oak).troubles == ("Its agent, 1.2, is older than others of the school.",)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (NOON + 10 * DAY, "Its certificate ends on 2026-03-14, and it has not renewed it."),
        (NOON, "Its certificate has ended: it can only be enrolled anew."),
        (None, "Its certificate has ended: it can only be enrolled anew."),
    ],
)
def test_a_certificate_that_ends_is_told(session: Session, oak: Organisation, ends: datetime | None, said: str) -> None:
    well(session, device(session, oak, ends=ends))
    assert only(session, oak).troubles == (said,)


def test_a_policy_of_the_last_hour_need_not_be_there_yet(session: Session, oak: Organisation) -> None:
    well(session, device(session, oak))
    policy = {**policies.in_force(session, oak), "version": "new"}
    session.add(
        AgentPolicy(organisation_id=oak.id, version="new", policy=policy, set_at=NOON, set_by="dsl", why="Because.")
    )
    session.flush()
    assert only(session, oak).troubles == ()
    session.get_one(fleet.AgentStatus, _id(session, "lab-07")).at = NOON + 2 * HOUR
    assert only(session, oak, NOON + 2 * HOUR).troubles == ("It goes by an earlier policy.",)


def test_expected_against_heard_of_and_those_taken_out_of_use_count_no_more(
    session: Session, oak: Organisation
) -> None:
    well(session, device(session, oak))
    device(session, oak, "lab-08")
    device(session, oak, "lab-09").revoked_at = NOON
    session.flush()
    found = fleet.of_school(session, oak, NOON)
    assert (found.expected, found.heard_since(NOON - HOUR)) == (2, 1)


def _id(session: Session, name: str) -> int:
    return session.query(Device).filter_by(name=name).one().id
