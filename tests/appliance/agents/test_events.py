"""What happened to an agent is an entry once, of the person it happened under, with its gap in plain sight."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check
from appliance.agents import events
from appliance.agents.heartbeat import SaidEvent
from appliance.models import AgentSignIn, Device, Entry, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

NO = timedelta(0)


@pytest.fixture
def lab(session: Session) -> Device:
    return factories.device(session, factories.school(session), kind="agent", name="lab-07")


def said(kind: str = "killed", id: str = "e1", *, seconds: int = 4, account: str = "", words: str = "") -> SaidEvent:
    until = NOON + timedelta(seconds=seconds)
    return SaidEvent(id=id, at=NOON, until=until, kind=kind, account=account, said=words)


def entries(session: Session) -> list[tuple[str, str]]:
    return [(entry.kind, entry.text.text if entry.text else "") for entry in session.scalars(select(Entry))]


def test_a_gap_is_an_entry_with_its_beginning_and_its_end(session: Session, lab: Device) -> None:
    events.take(session, lab, [said(words="Signal 9.")], NO, NOON + timedelta(minutes=1))
    words = (
        "The agent on lab-07 was killed: it did not run from 2026-03-04 12:00:00 UTC to 2026-03-04 12:00:04 UTC. "
        "Signal 9."
    )
    assert entries(session) == [("agent-killed", words)]
    assert chain_check.faults(session, lab.organisation_id) == []


def test_said_again_it_is_the_same_one(session: Session, lab: Device) -> None:
    for _ in range(2):
        events.take(session, lab, [said(), said("started", "e2"), said()], NO, NOON)
    assert [kind for kind, _ in entries(session)] == ["agent-killed", "agent-started"]


def test_a_thousand_at_once_after_weeks_away(session: Session, lab: Device) -> None:
    many = [said("started", f"e{number}") for number in range(1001)]
    assert len(events.take(session, lab, many, NO, NOON)) == 1001
    assert events.take(session, lab, many, NO, NOON) == []


def test_it_belongs_to_who_was_signed_in_and_to_nobody_where_two_were(session: Session, lab: Device) -> None:
    oak = session.get_one(Organisation, lab.organisation_id)
    people = [factories.person(session, oak, ref) for ref in ("p1", "p2")]
    for number, person in enumerate(people):
        session.add(
            AgentSignIn(
                organisation_id=oak.id,
                device_id=lab.id,
                said_id=f"s{number}",
                account=person.ref,
                local=False,
                person_id=person.id,
                since=NOON - timedelta(hours=1),
                until=None,
            )
        )
    session.flush()
    events.take(session, lab, [said(id="both"), said(id="one", account="p2")], NO, NOON)
    assert session.scalars(select(Entry.person_id).order_by(Entry.sequence)).all() == [None, people[1].id]


def test_a_kind_of_a_later_release_is_kept_too(session: Session, lab: Device) -> None:
    events.take(session, lab, [said("sang")], NO, NOON)
    assert entries(session)[0][0] == "agent-said"
