"""A device is its school's, and a pupil's where it is assigned; never a member of staff's."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import assignment
from appliance.models import Entry
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_assigned_and_freed_again_with_an_entry_for_each(session: Session) -> None:
    oak = factories.school(session)
    device, pupil = factories.device(session, oak, name="lab-07", kind="agent"), factories.person(session, oak)
    for person in (pupil, None):
        assignment.assign(session, device, person, "reviewer:it", NOON)
        assert device.person_id == (person and person.id)
    entries = session.scalars(select(Entry).order_by(Entry.sequence)).all()
    assert [(each.person_id, each.text and each.text.text) for each in entries] == [
        (pupil.id, "lab-07 is assigned to one person."),
        (None, "lab-07 is assigned to nobody any more."),
    ]


def test_a_gateway_is_no_device_with_an_agent_and_staff_have_none(session: Session) -> None:
    oak = factories.school(session)
    factories.device(session, oak, name="gate-1")
    factories.person(session, oak, "t1", role="staff")
    with pytest.raises(ValueError, match="no device with the agent called gate-1"):
        assignment.device_of(session, oak, "gate-1")
    with pytest.raises(ValueError, match="is a member of staff"):
        assignment.pupil_of(session, oak, "t1")
