"""Whose account it is that somebody is signed in with on a device: a pupil's of the school, or nobody's to watch."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import groups
from appliance.models import Device, Person
from appliance.permissions import STAFF


def person_of(session: Session, device: Device, account: str, *, local: bool) -> Person | None:
    """Who may be spoken for; None of an account that is unknown, local, staff's, or two people's.

    On an assigned device only the person it is assigned to counts, under their account, though it be a local one.
    """
    known = select(Person).where(Person.organisation_id == device.organisation_id, Person.account == account.casefold())
    people = session.scalars(known).all() if account else []
    if len(people) != 1 or people[0].role == STAFF:
        return None
    if device.person_id is not None:
        return people[0] if people[0].id == device.person_id else None
    return None if local else people[0]


def answer(person: Person | None) -> dict[str, Any] | None:
    """As a device is told it: a reference, no name."""
    if person is None:
        return None
    group = groups.of(person.role, person.year)
    return {"person": person.ref, "role": person.role, "age_band": person.age_band, "group": group}
