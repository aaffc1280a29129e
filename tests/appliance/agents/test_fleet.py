"""A device that is merely off is not silent; those in use are counted."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance.agents import fleet, policies
from appliance.agents.fleet import Standing
from appliance.models import AgentCertificate, AgentEvent, Device, Organisation
from tests.appliance import factories
from tests.appliance.agents.rows import status
from tests.appliance.factories import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
"""NOON is a Wednesday."""


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


@pytest.mark.parametrize("state", ["stopped", "removed"])
def test_where_the_agent_was_ended_that_is_how_it_is(session: Session, oak: Organisation, state: str) -> None:
    well(session, device(session, oak), state=state)
    found = only(session, oak)
    assert (found.state, len(found.troubles)) == (state.capitalize(), 1)


def test_a_trouble_of_each_kind_is_found_and_said(session: Session, oak: Organisation) -> None:
    lab = device(session, oak, ends=None)
    well(session, lab, set_aside=1, policy_version="old")
    device(session, oak, "lab-08").agent_version = "1.10"
    assert only(session, oak).troubles == (
        "Its certificate has ended: it can only be enrolled anew.",
        "1 detection was refused and set aside on it.",
        "Its agent, 1.2, is older than others of the school.",
        "It goes by an earlier policy.",
    )


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
