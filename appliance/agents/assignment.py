"""Whom a device is assigned to, and that it is taken out of use: each is an entry."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology, devices
from appliance.agents import certificates
from appliance.devices import AGENT
from appliance.entry_kinds import EntryKind
from appliance.models import Device, Organisation, Person
from appliance.permissions import STAFF


def device_of(session: Session, school: Organisation, name: str) -> Device:
    """ValueError where the school has no device of that name with an agent."""
    found = devices.in_use(session, school.id, name)
    if found is None or found.kind != AGENT:
        raise ValueError(f"{school.slug} has no device with the agent called {name}; see gatehouse agent list")
    return found


def pupil_of(session: Session, school: Organisation, ref: str) -> Person:
    """ValueError where nobody goes by it, or a member of staff does."""
    found = session.scalar(select(Person).where(Person.organisation_id == school.id, Person.ref == ref))
    if found is None:
        raise ValueError(f"{school.slug} has nobody with the reference {ref}; gatehouse people import gives them")
    if found.role == STAFF:
        raise ValueError(f"{ref} is a member of staff: their devices have no agent")
    return found


def assign(session: Session, device: Device, person: Person | None, by: str, now: datetime) -> None:
    """From now on it speaks for ``person`` alone; with None for whoever is signed in."""
    device.person_id = person.id if person else None
    text = "is assigned to one person" if person else "is assigned to nobody any more"
    _enter(session, device, EntryKind.AGENT_ASSIGNED, f"{device.name} {text}.", by, now, person)


def revoke(session: Session, device: Device, by: str, why: str, now: datetime) -> None:
    """At once: its next request is refused, and nothing it still has to say is taken."""
    certificates.revoke(session, device, now)
    said = f"{device.name} was taken out of use. {why}".strip()
    _enter(session, device, EntryKind.AGENT_REVOKED, said, by, now, None)


def _enter(
    session: Session, device: Device, kind: EntryKind, text: str, by: str, now: datetime, person: Person | None
) -> None:
    chronology.add(
        session,
        device.organisation_id,
        at=now,
        actor=by,
        kind=kind,
        text=text,
        person_id=person.id if person else None,
    )
