"""A device speaks for those who were signed in on it, at the time, and can make up nobody afterwards."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.admission import NotYetError
from appliance.agents import sign_ins
from appliance.agents.heartbeat import SaidSignIn
from appliance.models import AgentSignIn, AgentStatus, Device, Organisation
from detection.json_object import WireError
from tests.appliance import factories
from tests.appliance.agents import rows
from tests.appliance.factories import NOON

MINUTE = timedelta(minutes=1)
NO = timedelta(0)


@pytest.fixture
def lab(session: Session) -> Device:
    oak = factories.school(session)
    for ref, account in (("p1", "a.clarke"), ("p2", "b.ahmed")):
        factories.person(session, oak, ref).account = account
    return factories.device(session, oak, kind="agent", name="lab-07")


def said(account: str = "a.clarke", since: datetime = NOON, until: datetime | None = None, id: str = "") -> SaidSignIn:
    return SaidSignIn(id=id or account, account=account, since=since, until=until, local=False)


def take(session: Session, lab: Device, *named: SaidSignIn, last: datetime = NOON, now: datetime = NOON) -> None:
    sign_ins.take(session, lab, named, last, NO, now)
    status = session.get(AgentStatus, lab.id)
    if status is None:
        rows.status(session, lab, now)
    else:
        status.at = now
    session.flush()


def may(session: Session, lab: Device, at: datetime, *people: str) -> bool:
    try:
        sign_ins.must_be_signed_in(session, lab, people, at)
    except WireError:
        return False
    return True


def test_while_it_lasts_and_for_the_time_it_lasted(session: Session, lab: Device) -> None:
    take(session, lab, said())
    assert may(session, lab, NOON + 30 * MINUTE, "p1")
    take(session, lab, said(until=NOON + 40 * MINUTE), last=NOON, now=NOON + 60 * MINUTE)
    assert may(session, lab, NOON + 39 * MINUTE, "p1")
    assert not may(session, lab, NOON + 50 * MINUTE, "p1")
    assert not may(session, lab, NOON - 10 * MINUTE, "p1")


def test_of_somebody_else_and_of_nobody_it_says_nothing(session: Session, lab: Device) -> None:
    take(session, lab, said())
    assert not may(session, lab, NOON, "p2")
    assert not may(session, lab, NOON, "p1", "p2")
    assert not may(session, lab, NOON)


def test_what_may_still_be_said_is_asked_for_again(session: Session, lab: Device) -> None:
    with pytest.raises(NotYetError):
        sign_ins.must_be_signed_in(session, lab, ("p1",), NOON)
    take(session, lab)
    with pytest.raises(NotYetError):
        sign_ins.must_be_signed_in(session, lab, ("p1",), NOON + MINUTE)


def test_nobody_is_signed_in_afterwards_for_what_is_past(session: Session, lab: Device) -> None:
    take(session, lab)
    later = NOON + 120 * MINUTE
    take(session, lab, said(since=NOON - 600 * MINUTE), last=NOON, now=later)
    assert session.scalars(select(AgentSignIn.since)).one() == NOON - 5 * MINUTE
    assert not may(session, lab, NOON - 30 * MINUTE, "p1")


def test_one_that_is_no_longer_named_ended_when_it_was_last_heard_of(session: Session, lab: Device) -> None:
    take(session, lab, said())
    take(session, lab, said("b.ahmed", since=NOON + 5 * MINUTE), last=NOON + MINUTE, now=NOON + 6 * MINUTE)
    first, second = session.scalars(select(AgentSignIn).order_by(AgentSignIn.id))
    assert (first.until, second.until) == (NOON + MINUTE, None)
    assert sign_ins.lasting(session, lab.id) == [second]


def test_one_that_ended_stays_as_it_was(session: Session, lab: Device) -> None:
    take(session, lab, said(until=NOON))
    take(session, lab, said(until=NOON + 90 * MINUTE), now=NOON + 90 * MINUTE)
    assert session.scalars(select(AgentSignIn.until)).one() == NOON


def test_a_wrong_clock_is_put_right(session: Session, lab: Device) -> None:
    sign_ins.take(session, lab, [said(since=NOON - 90 * MINUTE)], NOON - MINUTE, 90 * MINUTE, NOON)
    assert session.scalars(select(AgentSignIn.since)).one() == NOON


def test_an_assigned_device_speaks_for_its_person_alone_whoever_is_signed_in(session: Session, lab: Device) -> None:
    take(session, lab, said("b.ahmed"))
    school = session.get_one(Organisation, lab.organisation_id)
    lab.person_id = factories.person(session, school, "p9").id
    assert may(session, lab, NOON, "p9")
    assert not may(session, lab, NOON, "p2")
    assert not may(session, lab, NOON, "p9", "p2")
