"""What a trust and its schools changed about the phrase library: rows, each checked and with its entry."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from appliance import chronology, organisations
from appliance.entry_kinds import EntryKind
from appliance.models import LibraryAct, LibraryChange, Organisation, OrganisationKind, Person
from detection.layer_checks import problems, withdrawal_problems
from detection.layers import Act, Add, Change, Ignore, Layer, Regrade, apply
from detection.library import Library, dump, parse


def record(session: Session, organisation: Organisation, change: Change, shipped: Library) -> LibraryChange:
    """It counts from the next release on; one with a second person waits for that person first. ValueError with every
    reason against it, a line each."""
    chronology.lock(session, organisation.id)
    check(session, organisation, change, shipped, change.at)
    kind, payload = _fields(change.act)
    row = LibraryChange(
        organisation_id=organisation.id,
        kind=kind,
        payload=payload,
        by=change.by,
        second=change.second,
        why=change.why,
        group=change.group,
        at=change.at,
        agreed_at=None if change.second else change.at,
        expires=change.expires,
    )
    session.add(row)
    session.flush()
    waits = f"Waits for {row.waits_for}: change {row.id}. " if row.waits_for else ""
    said = f"{waits}{sentence(change)} Reason: {change.why}"
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
    """From the next release on it counts no longer; with a second person, once that person has agreed. What still
    waits itself is withdrawn by one. ValueError where it is not there, or may not be withdrawn so."""
    chronology.lock(session, organisation.id)
    row = session.get(LibraryChange, number)
    if row is None or row.organisation_id != organisation.id or row.withdrawn_at is not None:
        raise ValueError(f"{organisation.slug} has no change {number} that counts; see gatehouse lists history")
    layers, change = layers_of(session, organisation, shipped, now, row.group), read(row, shipped)
    counts = row.agreed_at is not None
    if counts and (found := withdrawal_problems(change, by, second, shipped, layers, today_at(organisation, now))):
        raise ValueError("\n".join(found))
    row.withdrawn_by, row.withdrawal_why, row.withdrawal_second = by, why, second if counts else ""
    row.withdrawn_at = None if row.withdrawal_second else now
    waits = f"Waits for {row.waits_for} to be withdrawn" if row.waits_for else "Withdrawn"
    said = f"{waits}: change {number}. {sentence(change)} Reason: {why}"
    chronology.add(session, organisation.id, at=now, actor=by, kind=EntryKind.LIBRARY_CHANGED, text=said)
    return row


def check(session: Session, organisation: Organisation, change: Change, shipped: Library, now: datetime) -> None:
    """ValueError with every reason against a change, a line each."""
    if change.group and organisation.kind is OrganisationKind.TRUST:
        raise ValueError(f"{organisation.slug} is a trust; a group is one of a school, so name the school")
    layers = layers_of(session, organisation, shipped, now, change.group)
    people, today = names_on_roll(session, organisation), today_at(organisation, now)
    if found := problems(change, shipped, layers, people, today):
        raise ValueError("\n".join(found))


def layers_of(
    session: Session, organisation: Organisation, shipped: Library, at: datetime, group: str = ""
) -> tuple[Layer, ...]:
    """The trust's, the school's and, where one is named, a group's, as they stood at that time. LibraryError on one
    that no longer can be read."""
    levels = [(level, "") for level in organisations.levels(organisation)]
    levels += [(organisation.id, group)] if group else []
    return tuple(tuple(read(row, shipped) for row in session.scalars(_standing(*level, at))) for level in levels)


def built(
    session: Session, organisation: Organisation, shipped: Library, layers_at: datetime, today: date, group: str = ""
) -> Library:
    """What ``layers_of`` make of the shipped library on that day."""
    return apply(shipped, layers_of(session, organisation, shipped, layers_at, group), today)


def groups_of(session: Session, organisation: Organisation, at: datetime) -> list[str]:
    """Those for which something was changed, as it stood at that time."""
    standing = _standing(organisation.id, None, at).where(LibraryChange.group != "")
    return sorted({row.group for row in session.scalars(standing)})


def of_organisation(session: Session, organisation: Organisation) -> list[LibraryChange]:
    """All there ever were, the oldest first."""
    wanted = select(LibraryChange).where(LibraryChange.organisation_id == organisation.id)
    return list(session.scalars(wanted.order_by(LibraryChange.id)))


def read(row: LibraryChange, shipped: Library) -> Change:
    """``shipped``: whose lists of words a phrase may name."""
    return Change(
        act=_act(row, shipped),
        by=row.by,
        at=row.at,
        why=row.why,
        expires=row.expires,
        second=row.second,
        group=row.group,
    )


def sentence(change: Change) -> str:
    match change.act:
        case Add(phrase):
            said = f"Added {phrase.id}, “{phrase.text}”, severity {phrase.severity}"
        case Ignore(phrase_id):
            said = f"Ignored {phrase_id}"
        case Regrade(phrase_id, severity):
            said = f"Re-graded {phrase_id} to severity {severity}"
    until = f", until {change.expires:%d %B %Y}" if change.expires else ""
    return f"{said}{f' for {change.group}' if change.group else ''}{until}."


def today_at(organisation: Organisation, now: datetime) -> date:
    """Where the school is."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()


def names_on_roll(session: Session, organisation: Organisation) -> frozenset[str]:
    """Pupils and staff; of all its schools where it is a trust."""
    schools = [organisation.id]
    if organisation.kind is OrganisationKind.TRUST:
        schools += session.scalars(select(Organisation.id).where(Organisation.parent_id == organisation.id))
    return frozenset(session.scalars(select(Person.name).where(Person.organisation_id.in_(schools))))


def _standing(organisation_id: int, group: str | None, at: datetime) -> Select[LibraryChange]:
    """In the order in which they began to count; of all groups where ``group`` is None."""
    standing = (
        select(LibraryChange)
        .where(LibraryChange.organisation_id == organisation_id, LibraryChange.agreed_at <= at)
        .where(or_(LibraryChange.withdrawn_at.is_(None), LibraryChange.withdrawn_at > at))
        .order_by(LibraryChange.agreed_at, LibraryChange.id)
    )
    return standing if group is None else standing.where(LibraryChange.group == group)


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
