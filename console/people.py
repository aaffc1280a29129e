"""People with incidents, and one person's incidents over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import case, func, select

from appliance.entry_kinds import EntryKind
from appliance.models import Entry, Incident, Organisation, Person, Status
from appliance.permissions import Action, may, visible_to
from console import access, entries, health
from console.db import session
from console.entries import Line
from console.times import zone

bp = Blueprint("people", __name__, url_prefix="/people")

MOST, MOST_GAPS = 100, 20
GAPS = (
    EntryKind.AGENT_STOPPED,
    EntryKind.AGENT_KILLED,
    EntryKind.AGENT_CLOCK,
    EntryKind.AGENT_DROPPED,
    EntryKind.AGENT_REMOVED,
)
FALSE = Incident.status == Status.FALSE_POSITIVE


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    incidents: int
    open: int
    highest: int
    latest: datetime | None


@bp.get("")
def every() -> ResponseReturnValue:
    """Only people something was filed for: the school's roll is no business of this page."""
    reviewer, name = access.reviewer(), request.args.get("name", "").strip()[:100]
    rows = _found(name)
    return render_template(
        "people/every.html",
        name=name,
        rows=rows[:MOST],
        more=len(rows) > MOST,
        zone=reviewer.organisation.time_zone,
        pulse=health.pulse_for(reviewer),
    )


@bp.get("/<int:person_id>")
def show(person_id: int) -> ResponseReturnValue:
    reviewer = access.reviewer()
    person = session().scalar(visible_to(reviewer, select(Person).where(Person.id == person_id), Person)) or abort(404)
    if not may(reviewer, Action.VIEW_PERSON, person):
        abort(404)
    school = session().get_one(Organisation, person.organisation_id)
    theirs = (Incident.person_id == person.id) & Incident.replayed.is_(False)
    wanted = visible_to(reviewer, select(Incident).where(theirs), Incident)
    incidents = session().scalars(wanted.order_by(Incident.opened_at.desc())).all()
    return render_template(
        "people/show.html",
        person=person,
        school=school,
        summary=_summary(incidents),
        months=_months(incidents, school),
        gaps=_gaps(person),
    )


def _gaps(person: Person) -> list[Line]:
    """When a device did not watch while this person was signed in on it, the latest first."""
    theirs = select(Entry).where(Entry.person_id == person.id, Entry.kind.in_(GAPS))
    wanted = visible_to(access.reviewer(), theirs, Entry).order_by(Entry.sequence.desc()).limit(MOST_GAPS)
    return entries.lines(session().scalars(wanted).all(), {})


def _found(name: str) -> list[Row]:
    reviewer = access.reviewer()
    open_ones = func.sum(case((Incident.status.in_((Status.NEW, Status.IN_REVIEW)), 1), else_=0))
    highest = func.max(case((FALSE, 0), else_=Incident.severity))
    latest = func.max(Incident.last_seen_at)
    live = (Incident.person_id == Person.id) & Incident.replayed.is_(False)
    listed = select(Person, func.count(), open_ones, highest, latest).join(Incident, live)
    listed = visible_to(reviewer, visible_to(reviewer, listed, Person), Incident).group_by(Person.id)
    if name:
        listed = listed.where(Person.name.icontains(name, autoescape=True))
    return [Row(*row) for row in session().execute(listed.order_by(latest.desc(), Person.id).limit(MOST + 1))]


def _summary(incidents: Sequence[Incident]) -> str:
    """“5 incidents: 1 open, 3 closed, 1 false positive.”"""
    if not incidents:
        return ""
    states = [i.status for i in incidents]
    closed, false = states.count(Status.CLOSED), states.count(Status.FALSE_POSITIVE)
    parts = [(len(states) - closed - false, "open"), (closed, "closed"), (false, "false positive")]
    said = ", ".join(f"{n} {what}{'s' if what[0] == 'f' and n > 1 else ''}" for n, what in parts if n)
    return f"{len(states)} incident{'' if len(states) == 1 else 's'}: {said}."


def _months(incidents: Sequence[Incident], school: Organisation) -> list[tuple[str, list[Incident]]]:
    where = zone(school.time_zone)
    grouped = groupby(incidents, key=lambda i: f"{i.opened_at.astimezone(where):%B %Y}")
    return [(month, list(found)) for month, found in grouped]
