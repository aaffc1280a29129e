"""Whom it is about, and which incident it joins."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from appliance import grouping
from appliance.models import Organisation, Status
from detection.observation import Mark, PersonRole, Subject
from tests.appliance import factories
from tests.appliance.factories import NOON


@pytest.fixture
def oak(session: Session) -> Organisation:
    oak = factories.school(session)
    factories.person(session, oak, "p1")
    factories.person(session, oak, "t1", role="staff")
    return oak


@pytest.mark.parametrize(
    ("subject", "key", "known", "role"),
    [
        (Subject(people=("p1",), role=PersonRole.PUPIL), "person:p1", True, "pupil"),
        (Subject(people=("t1",)), "person:t1", True, "staff"),
        (Subject(people=("p1", "t1"), device="d7"), "device:d7", False, "staff"),
        (Subject(people=("gone",), role=PersonRole.PUPIL), "person:gone", False, "pupil"),
        (Subject(address="192.0.2.7"), "address:192.0.2.7", False, "unknown"),
        (Subject(address="192.0.2.7", role=PersonRole.STAFF), "address:192.0.2.7", False, "staff"),
    ],
)
def test_who_it_is_about(
    session: Session, oak: Organisation, subject: Subject, key: str, known: bool, role: str
) -> None:
    about = grouping.who(session, oak.id, subject)
    assert (about.key, about.person_id is not None, about.role) == (key, known, role)


def test_the_latest_of_several_open_incidents_is_the_one(session: Session, oak: Organisation) -> None:
    about = grouping.who(session, oak.id, Subject(people=("p1",)))
    old = factories.incident(session, oak, subject_key="person:p1", status=Status.IN_REVIEW)
    new = factories.incident(session, oak, subject_key="person:p1", last_seen_at=NOON + timedelta(minutes=1))
    capture = factories.capture(session, old, factories.device(session, oak))
    assert grouping.open_incident(session, capture, about) is new
    new.status = Status.CLOSED
    assert grouping.open_incident(session, capture, about) is old


def test_a_test_of_the_system_joins_no_incident_of_what_a_person_did_nor_the_other_way_round(
    session: Session, oak: Organisation
) -> None:
    about, gate = grouping.who(session, oak.id, Subject(people=("p1",))), factories.device(session, oak)
    meant = factories.incident(session, oak, subject_key="person:p1")
    said = factories.capture(session, meant, gate)
    tested = factories.incident(session, oak, subject_key="person:p1", last_seen_at=NOON + timedelta(minutes=1))
    test = factories.capture(session, tested, gate, id="obs-1-canary", marks=[Mark.TEST])
    assert grouping.open_incident(session, said, about) is meant
    assert grouping.open_incident(session, test, about) is tested
    meant.status = tested.status = Status.CLOSED
    assert grouping.open_incident(session, test, about) is None


def test_adding_widens_the_time_and_never_forgets_that_staff_may_be_concerned(
    session: Session, oak: Organisation
) -> None:
    incident = factories.incident(session, oak, subject_role="pupil")
    earlier = factories.capture(session, incident, factories.device(session, oak), seen_at=NOON - timedelta(minutes=5))
    grouping.add(incident, earlier, grouping.Who(key="", person_id=None, role="staff"))
    grouping.add(incident, earlier, grouping.Who(key="", person_id=None, role="pupil"))
    assert (incident.opened_at, incident.last_seen_at) == (earlier.seen_at, NOON)
    assert incident.subject_role == "staff"
