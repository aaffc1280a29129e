"""People and the addresses or devices they use, from the school's own list.

A row is the same person as before if the reference says so, else if school, name, role and year do, else if only the
year has moved on. Two people of the same name in one year cannot be told apart: give them a reference or write their
names differently. Somebody with two devices has two rows. Who is no longer in the list stays as they are.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Binding, Organisation, Person
from appliance.people_file import Row
from detection.observation import AgeBand

SOURCE = "address-list"


@dataclass(slots=True)
class Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bindings: int = 0
    """New, or given to another person."""


def import_rows(session: Session, school: Organisation, rows: tuple[Row, ...], now: datetime, tally: Tally) -> None:
    """``rows`` are all of one school."""
    known = list(session.scalars(select(Person).where(Person.organisation_id == school.id).order_by(Person.id)))
    named = {(row.name, row.role, row.year) for row in rows}
    for row in rows:
        person = _known(known, row, named)
        if person is None:
            person = _new(school, row)
            session.add(person)
            known.append(person)
            tally.added += 1
        elif _update(person, row):
            tally.changed += 1
        else:
            tally.unchanged += 1
        session.flush()
        tally.bindings += sum(_bind(session, person, key, value, now) for key, value in row.places)


def age_band(role: str, year: str) -> AgeBand:
    """R to 6 primary, 7 to 11 secondary, 12 and 13 sixth form."""
    if role == "staff":
        return AgeBand.ADULT
    if not year:
        return AgeBand.UNKNOWN
    number = 0 if year == "R" else int(year)
    return AgeBand.PRIMARY if number < 7 else AgeBand.SECONDARY if number < 12 else AgeBand.SIXTH_FORM


def _known(known: list[Person], row: Row, named: set[tuple[str, str, str]]) -> Person | None:
    if row.ref:
        return next((p for p in known if p.ref == row.ref), None)
    same = [p for p in known if (p.name, p.role) == (row.name, row.role)]
    if exact := [p for p in same if p.year == row.year]:
        return exact[0]
    # The year has moved on, unless that person has a row of their own.
    moved = [p for p in same if (p.name, p.role, p.year) not in named]
    return moved[0] if len(moved) == 1 else None


def _new(school: Organisation, row: Row) -> Person:
    return Person(
        organisation_id=school.id,
        ref=row.ref or secrets.token_hex(8),
        name=row.name,
        role=row.role,
        year=row.year,
        age_band=age_band(row.role, row.year),
        account=row.account or "",
    )


def _update(person: Person, row: Row) -> bool:
    before = (person.name, person.role, person.year, person.account)
    person.name, person.role, person.year = row.name, row.role, row.year
    person.age_band = age_band(row.role, row.year)
    if row.account is not None:
        person.account = row.account
    return before != (person.name, person.role, person.year, person.account)


def _bind(session: Session, person: Person, key: str, value: str, now: datetime) -> bool:
    """One address or device stands for one person: the list's newest word counts."""
    column = Binding.address if key == "address" else Binding.device
    same = select(Binding).where(Binding.organisation_id == person.organisation_id, Binding.source == SOURCE)
    binding = session.scalar(same.where(column == value))
    if binding is None:
        binding = Binding(organisation_id=person.organisation_id, source=SOURCE, **{key: value})
        session.add(binding)
    elif binding.person_id == person.id:
        return False
    binding.person_id, binding.since = person.id, now
    session.flush()
    return True
