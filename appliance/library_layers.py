"""What a trust and its schools changed about the phrase library: rows, each checked and with its entry."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.chronology import EntryKind
from appliance.models import LibraryAct, LibraryChange, Organisation, OrganisationKind, Person
from detection.layer_checks import problems, withdrawal_problems
from detection.layers import Act, Add, Change, Ignore, Layer, Regrade
from detection.library import Library, dump, parse


def record(session: Session, organisation: Organisation, change: Change, shipped: Library) -> LibraryChange:
    """It counts from the next release on. ValueError with every reason against it, a line each."""
    chronology.lock(session, organisation.id)
    today = today_at(organisation, change.at)
    layers = layers_of(session, organisation, shipped, change.at)
    if found := problems(change, shipped, layers, names_on_roll(session, organisation), today):
        raise ValueError("\n".join(found))
    kind, payload = _fields(change.act)
    row = LibraryChange(
        organisation_id=organisation.id,
        kind=kind,
        payload=payload,
        by=change.by,
        second=change.second,
        why=change.why,
        at=change.at,
        expires=change.expires,
    )
    session.add(row)
    session.flush()
    said = f"{sentence(change)} Reason: {change.why}"
    chronology.add(session, organisation.id, at=change.at, actor=change.by, kind=EntryKind.LIBRARY_CHANGED, text=said)
    return row


def withdraw(
    session: Session,
    organisation: Organisation,
    number: int,
    shipped: Library,
    *,
    by: str,
    second: str,
    why: str,
    now: datetime,
) -> LibraryChange:
    """From the next release on it counts no longer. ValueError where it is not there, or may not be withdrawn so."""
    chronology.lock(session, organisation.id)
    row = session.get(LibraryChange, number)
    if row is None or row.organisation_id != organisation.id or row.withdrawn_at is not None:
        raise ValueError(f"{organisation.slug} has no change {number} that counts; see gatehouse lists history")
    layers, change = layers_of(session, organisation, shipped, now), read(row, shipped)
    if found := withdrawal_problems(change, by, second, shipped, layers, today_at(organisation, now)):
        raise ValueError("\n".join(found))
    row.withdrawn_at, row.withdrawn_by = now, by
    also = f" {second} agreed." if second else ""
    said = f"Withdrawn: change {number}. {sentence(change)}{also} Reason: {why}"
    chronology.add(session, organisation.id, at=now, actor=by, kind=EntryKind.LIBRARY_CHANGED, text=said)
    return row


def layers_of(session: Session, organisation: Organisation, shipped: Library, at: datetime) -> tuple[Layer, ...]:
    """The trust's and the school's, as they stood at that time. LibraryError on one that no longer can be read."""
    levels = [organisation.parent_id] if organisation.parent_id else []
    return tuple(
        tuple(read(row, shipped) for row in _standing(session, level, at)) for level in (*levels, organisation.id)
    )


def of_organisation(session: Session, organisation: Organisation) -> list[LibraryChange]:
    """All there ever were, the oldest first."""
    wanted = select(LibraryChange).where(LibraryChange.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(LibraryChange.id)))


def read(row: LibraryChange, shipped: Library) -> Change:
    """``shipped``: whose lists of words a phrase may name."""
    return Change(act=_act(row, shipped), by=row.by, at=row.at, why=row.why, expires=row.expires, second=row.second)


def sentence(change: Change) -> str:
    match change.act:
        case Add(phrase):
            said = f"Added {phrase.id}, “{phrase.text}”, severity {phrase.severity}"
        case Ignore(phrase_id):
            said = f"Ignored {phrase_id}"
        case Regrade(phrase_id, severity):
            said = f"Re-graded {phrase_id} to severity {severity}"
    until = f", until {change.expires:%d %B %Y}" if change.expires else ""
    return f"{said}{until}.{f' {change.second} agreed.' if change.second else ''}"


def today_at(organisation: Organisation, now: datetime) -> date:
    """Where the school is."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()


def names_on_roll(session: Session, organisation: Organisation) -> frozenset[str]:
    """Pupils and staff; of all its schools where it is a trust."""
    schools = [organisation.id]
    if organisation.kind is OrganisationKind.TRUST:
        schools += session.scalars(select(Organisation.id).where(Organisation.parent_id == organisation.id))
    return frozenset(session.scalars(select(Person.name).where(Person.organisation_id.in_(schools))))


def _standing(session: Session, organisation_id: int, at: datetime) -> Iterator[LibraryChange]:
    yield from session.scalars(
        select(LibraryChange)
        .where(LibraryChange.organisation_id == organisation_id, LibraryChange.at <= at)
        .where(or_(LibraryChange.withdrawn_at.is_(None), LibraryChange.withdrawn_at > at))
        .order_by(LibraryChange.id)
    )


def _fields(act: Act) -> tuple[LibraryAct, dict[str, Any]]:
    match act:
        case Add(phrase):
            return LibraryAct.ADD, dump(Library((phrase,)))["phrases"][0]
        case Ignore(phrase_id):
            return LibraryAct.IGNORE, {"phrase": phrase_id}
        case Regrade(phrase_id, severity):
            return LibraryAct.REGRADE, {"phrase": phrase_id, "severity": severity}


def _act(row: LibraryChange, shipped: Library) -> Act:
    if row.kind is LibraryAct.ADD:
        words = {name: list(listed) for name, listed in shipped.words.items()}
        return Add(parse({"phrases": [row.payload], "words": words}).phrases[0])
    phrase_id = str(row.payload["phrase"])
    return Ignore(phrase_id) if row.kind is LibraryAct.IGNORE else Regrade(phrase_id, int(row.payload["severity"]))
