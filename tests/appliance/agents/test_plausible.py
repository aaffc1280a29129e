"""A device cannot claim the whole school: so many at once, so many within an hour, and what is more is an entry."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import sign_ins
from appliance.agents.heartbeat import SaidSignIn
from appliance.agents.plausible import AT_ONCE, MOST_WITHIN, WITHIN
from appliance.models import AgentSignIn, Device, Entry, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lab(session: Session) -> Device:
    oak = factories.school(session)
    for number in range(MOST_WITHIN + 2):
        factories.person(session, oak, f"p{number}").account = f"a{number}"
    return factories.device(session, oak, kind="agent", name="lab-07")


def take(session: Session, lab: Device, *numbers: int, minutes: float = 0) -> set[str]:
    """Whom the device may speak for of those it names, all of whom last."""
    now = NOON + minutes * MINUTE
    said = [SaidSignIn(id=f"s{n}", account=f"a{n}", since=now, until=None, local=False) for n in numbers]
    people = sign_ins.take(session, lab, said, now, timedelta(0), now)
    return {person.ref for person in people.values() if person}


def entries(session: Session) -> list[str]:
    return list(session.scalars(select(Entry.kind).where(Entry.kind == "agent-implausible")))


def test_no_more_are_signed_in_at_once_than_a_device_has_places(session: Session, lab: Device) -> None:
    everybody = range(AT_ONCE + 1)
    for _ in range(2):
        assert take(session, lab, *everybody) == {f"p{number}" for number in range(AT_ONCE)}
    assert len(entries(session)) == 1
    assert session.scalars(select(AgentSignIn.person_id).where(AgentSignIn.said_id == f"s{AT_ONCE}")).one() is None


def test_whoever_left_makes_room(session: Session, lab: Device) -> None:
    take(session, lab, *range(AT_ONCE))
    assert take(session, lab, *range(1, AT_ONCE + 1), minutes=1) == {f"p{n}" for n in range(1, AT_ONCE + 1)}
    assert entries(session) == []


def test_a_device_does_not_go_through_the_school_one_by_one(session: Session, lab: Device) -> None:
    may = [take(session, lab, number, minutes=number) for number in range(MOST_WITHIN + 1)]
    assert may == [*({f"p{number}"} for number in range(MOST_WITHIN)), set()]
    assert len(entries(session)) == 1
    later = WITHIN / MINUTE + MOST_WITHIN
    assert take(session, lab, MOST_WITHIN + 1, minutes=later) == {f"p{MOST_WITHIN + 1}"}


def test_the_same_few_may_come_and_go_all_day(session: Session, lab: Device) -> None:
    for minute in range(60):
        assert take(session, lab, minute % 3, minutes=minute) == {f"p{minute % 3}"}
    assert entries(session) == []


def test_an_assigned_device_speaks_for_its_person_whoever_else_is_there(session: Session, lab: Device) -> None:
    school = session.get_one(Organisation, lab.organisation_id)
    mine = factories.person(session, school, "p99")
    mine.account, lab.person_id = "a99", mine.id
    assert take(session, lab, *range(AT_ONCE + 1), 99) == {"p99"}
    assert entries(session) == []
