"""An account is a pupil's of the school, or nobody's who may be watched."""

import pytest
from sqlalchemy.orm import Session

from appliance.agents import accounts
from appliance.models import Device, Organisation
from tests.appliance import factories


def people(session: Session) -> Device:
    oak, elm = factories.school(session), factories.school(session, "elm")
    for of, ref, role, account in (
        (oak, "p1", "pupil", "a.clarke"),
        (oak, "p2", "staff", "m.jones"),
        (oak, "p3", "pupil", "twice"),
        (oak, "p4", "pupil", "twice"),
        (elm, "p5", "pupil", "other"),
        (oak, "p6", "pupil", ""),
    ):
        factories.person(session, of, ref, role=role, year="7" if role == "pupil" else "").account = account
    session.flush()
    return factories.device(session, oak, kind="agent")


@pytest.mark.parametrize(
    ("account", "local", "ref"),
    [
        ("A.Clarke", False, "p1"),
        ("a.clarke", True, None),
        ("m.jones", False, None),
        ("twice", False, None),
        ("other", False, None),
        ("", False, None),
        ("guest", False, None),
    ],
)
def test_only_one_pupil_of_the_school_is_spoken_for(
    session: Session, account: str, local: bool, ref: str | None
) -> None:
    found = accounts.person_of(session, people(session), account, local=local)
    assert (found and found.ref) == ref


def test_on_an_assigned_device_only_its_person_counts_though_the_account_be_local(session: Session) -> None:
    device = people(session)
    own = factories.person(session, session.get_one(Organisation, device.organisation_id), "p9")
    own.account, device.person_id = "own", own.id
    session.flush()
    assert accounts.person_of(session, device, "OWN", local=True) == own
    assert accounts.person_of(session, device, "a.clarke", local=False) is None


def test_a_device_is_told_a_reference_and_no_name(session: Session) -> None:
    found = accounts.person_of(session, people(session), "a.clarke", local=False)
    assert accounts.answer(found) == {"person": "p1", "role": "pupil", "age_band": "unknown", "group": "Year 7"}
    assert accounts.answer(None) is None
