"""Who was signed in on which device, when: all that a device may speak for, and whom its addresses stand for."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance.admission import NotYetError
from appliance.agents import accounts, plausible
from appliance.agents.heartbeat import SaidSignIn
from appliance.models import AgentSignIn, AgentStatus, Device, Person
from detection.json_object import WireError

SLACK = timedelta(minutes=5)
"""Between the clocks of the two."""


def take(
    session: Session, device: Device, said: Sequence[SaidSignIn], last: datetime, off: timedelta, now: datetime
) -> dict[str, Person | None]:
    """File what a heartbeat says; each account it names, and whose that is.

    ``last``: when the heartbeat before came. What began before it was said then, so nobody can be signed in later for
    what is past; what is not named any more has ended.
    """
    known = {row.said_id: row for row in _lasting_or_named(session, device, said)}
    _end(known.values(), {each.id for each in said}, last)
    people = dict[str, Person | None]()
    for each in sorted(said, key=lambda each: (each.until is None, each.since)):  # whoever left makes room first
        row = known.get(each.id)
        since = row.since if row else min(max(each.since + off, last - SLACK), now)
        person = _spoken_for(session, device, each, row, since, now)
        people[each.account] = people.get(each.account) or person
        if row is None:
            row = AgentSignIn(organisation_id=device.organisation_id, device_id=device.id, said_id=each.id)
            row.account, row.local = each.account, each.local
            row.since = since
            session.add(row)
        if row.until is None:
            row.person_id = person.id if person else None
            row.until = each.until and max(row.since, min(each.until + off, now))
    session.flush()
    return people


def _end(rows: Iterable[AgentSignIn], named: set[str], last: datetime) -> None:
    for row in rows:
        if row.said_id not in named and row.until is None:
            row.until = max(row.since, last)


def _spoken_for(
    session: Session, device: Device, said: SaidSignIn, row: AgentSignIn | None, since: datetime, now: datetime
) -> Person | None:
    """Whose account it is; None also where it cannot be that they are signed in there beside all others."""
    person = accounts.person_of(session, device, said.account, local=said.local)
    if person is None or (row and row.person_id == person.id):
        return person
    if plausible.may_be(session, device, person, said.id, since):
        return person
    if row is None:
        plausible.enter(session, device, now)
    return None


def must_be_signed_in(session: Session, device: Device, people: Sequence[str], seen_at: datetime) -> None:
    """WireError where somebody is spoken for who was not; NotYetError where that may still be said."""
    if not people:
        raise WireError("observation.subject.people: an agent says nothing of nobody")
    if device.person_id is not None:
        if list(people) != [session.get_one(Person, device.person_id).ref]:
            raise WireError("observation.subject.people: the device is assigned to another person")
        return
    if set(people) <= set(_signed_in(session, device, seen_at)):
        return
    status = session.get(AgentStatus, device.id)
    if status is None or seen_at > status.at:
        raise NotYetError("say first who was signed in then")
    raise WireError("observation.subject.people: somebody who was not signed in on this device then")


def lasting(session: Session, device_id: int) -> list[AgentSignIn]:
    wanted = select(AgentSignIn).where(AgentSignIn.device_id == device_id, AgentSignIn.until.is_(None))
    return list(session.scalars(wanted.order_by(AgentSignIn.since)))


def _signed_in(session: Session, device: Device, at: datetime) -> Sequence[str]:
    return session.scalars(
        select(Person.ref)
        .join(AgentSignIn, AgentSignIn.person_id == Person.id)
        .where(AgentSignIn.device_id == device.id, AgentSignIn.since <= at + SLACK)
        .where(or_(AgentSignIn.until.is_(None), AgentSignIn.until >= at - SLACK))
    ).all()


def _lasting_or_named(session: Session, device: Device, said: Sequence[SaidSignIn]) -> list[AgentSignIn]:
    named = AgentSignIn.said_id.in_([each.id for each in said])
    theirs = select(AgentSignIn).where(AgentSignIn.device_id == device.id)
    return list(session.scalars(theirs.where(or_(AgentSignIn.until.is_(None), named))))
