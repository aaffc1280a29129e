"""The queue: incidents that wait for a person, gravest first and then oldest; and every other list of incidents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from appliance.models import Capture, Incident, Organisation, OrganisationKind, Person, Reviewer, Status
from appliance.permissions import visible_to
from console import access, health
from console.db import session
from console.naming import who
from console.wording import CATEGORIES, CHANNELS, LEVELS, STATUSES, word

bp = Blueprint("queue", __name__)

S = TypeVar("S", bound=Select[*tuple[Any, ...]])

PER_PAGE = 50
DONE = (Status.CLOSED, Status.FALSE_POSITIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for; what means nothing is left out."""

    status: Status = Status.NEW
    severity: int | None = None
    category: str = ""
    person: str = ""
    school: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.severity or self.category or self.person or self.school)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    incident: Incident
    who: str
    year: str
    where: str
    captures: int


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Empty:
    title: str
    meaning: str


EMPTY = {
    Status.NEW: Empty("Nothing is waiting", "Every incident has been looked at by a person. New ones appear here."),
    Status.IN_REVIEW: Empty("Nothing is in review", "No incident is being worked on. Kept incidents appear here."),
    Status.CLOSED: Empty("Nothing has been closed", "Closed incidents stay here, with their outcome."),
    Status.FALSE_POSITIVE: Empty("No false positives", "What you mark as a false positive stays here."),
}


@bp.get("/")
def home() -> ResponseReturnValue:
    """Each role's first page."""
    first = "queue.show" if access.allowed(access.reviewer(), "queue.show") else "health.show"
    return redirect(url_for(first))


@bp.get("/queue")
def show() -> ResponseReturnValue:
    reviewer, wanted = access.reviewer(), read(request.args)
    found = session().scalars(_listed(reviewer, wanted).limit(PER_PAGE + 1).offset((wanted.page - 1) * PER_PAGE)).all()
    return render_template(
        "queue/show.html",
        wanted=wanted,
        tabs=_tabs(_by_status(reviewer), wanted),
        rows=_rows(found[:PER_PAGE]),
        summary=_summary(reviewer, wanted),
        pages=_pages(wanted, more=len(found) > PER_PAGE),
        empty=EMPTY[wanted.status],
        schools=schools(reviewer),
        levels=LEVELS,
        categories=dict(sorted(CATEGORIES.items(), key=lambda item: item[1])),
        pulse=health.pulse_for(reviewer),
        banners=health.banners(reviewer),
    )


def read(arguments: "MultiDict[str, str]") -> Wanted:
    status, severity = arguments.get("status", ""), arguments.get("severity", "")
    category, page = arguments.get("category", ""), arguments.get("page", "")
    return Wanted(
        status=Status(status) if status in STATUSES else Status.NEW,
        severity=int(severity) if severity in {"1", "2", "3", "4", "5"} else None,
        category=category if category in CATEGORIES else "",
        person=arguments.get("person", "").strip()[:100],
        school=arguments.get("school", "").strip()[:100],
        page=int(page) if page.isascii() and page.isdigit() and 0 < int(page[:6]) == int(page) else 1,
    )


def waiting(reviewer: Reviewer) -> int:
    return _by_status(reviewer).get(Status.NEW, 0)


def following(reviewer: Reviewer, incident: Incident) -> Incident | None:
    """The next one waiting after ``incident`` in the queue's order; from the end, back to the start."""
    queue = _listed(reviewer, Wanted()).where(Incident.id != incident.id)
    later = (
        (Incident.severity < incident.severity)
        | ((Incident.severity == incident.severity) & (Incident.opened_at > incident.opened_at))
        | (
            (Incident.severity == incident.severity)
            & (Incident.opened_at == incident.opened_at)
            & (Incident.id > incident.id)
        )
    )
    return session().scalar(queue.where(later).limit(1)) or session().scalar(queue.limit(1))


def schools(reviewer: Reviewer) -> Sequence[Organisation]:
    """The schools this reviewer may choose between; only whoever works for a trust has several."""
    mine = visible_to(reviewer, select(Organisation), Organisation)
    return session().scalars(mine.where(Organisation.kind == OrganisationKind.SCHOOL).order_by(Organisation.name)).all()


def _listed(reviewer: Reviewer, wanted: Wanted) -> Select[Incident]:
    listed = _narrowed(visible_to(reviewer, select(Incident), Incident), wanted)
    listed = listed.where(Incident.status == wanted.status).options(
        selectinload(Incident.person), selectinload(Incident.organisation)
    )
    if wanted.status in DONE:
        return listed.order_by(Incident.closed_at.desc(), Incident.id.desc())
    return listed.order_by(Incident.severity.desc(), Incident.opened_at, Incident.id)


def _narrowed(listed: S, wanted: Wanted) -> S:
    if wanted.severity:
        listed = listed.where(Incident.severity == wanted.severity)
    if wanted.category:
        listed = listed.where(Incident.category == wanted.category)
    if wanted.person:
        listed = listed.where(Incident.person.has(Person.name.icontains(wanted.person, autoescape=True)))
    if wanted.school:
        listed = listed.where(Incident.organisation.has(Organisation.slug == wanted.school))
    return listed


def _by_status(reviewer: Reviewer) -> Mapping[Status, int]:
    counted = select(Incident.status, func.count()).group_by(Incident.status)
    return dict(session().execute(visible_to(reviewer, counted, Incident)).all())


def _tabs(counts: Mapping[Status, int], wanted: Wanted) -> list[Tab]:
    return [
        Tab(label, url_for("queue.show", status=status), counts.get(Status(status), 0), wanted.status == status)
        for status, label in STATUSES.items()
    ]


def _summary(reviewer: Reviewer, wanted: Wanted) -> str:
    """“7 waiting: 1 immediate, 2 high, 4 low.”"""
    counted = select(Incident.severity, func.count()).where(Incident.status == wanted.status)
    counted = _narrowed(visible_to(reviewer, counted, Incident), wanted).group_by(Incident.severity)
    numbers = dict(session().execute(counted).all())
    total = sum(numbers.values())
    words = ", ".join(f"{numbers[lv.number]} {lv.word}" for lv in reversed(LEVELS) if lv.number in numbers)
    noun = STATUSES[wanted.status].lower() + ("s" if wanted.status == Status.FALSE_POSITIVE and total > 1 else "")
    return f"{total:,} {noun}: {words}."


def _rows(incidents: Sequence[Incident]) -> list[Row]:
    places, counts = _places(incidents)
    return [
        Row(
            incident=incident,
            who=who(incident),
            year=incident.person.year if incident.person else "",
            where=places[incident.id],
            captures=counts[incident.id],
        )
        for incident in incidents
    ]


def _places(incidents: Iterable[Incident]) -> tuple[Mapping[int, str], Mapping[int, int]]:
    """Where each incident's captures were seen, never what they say: reading that is a look and leaves an entry."""
    seen = (
        select(Capture.incident_id, Capture.channel, Capture.app, func.count())
        .where(Capture.incident_id.in_([i.id for i in incidents]), Capture.duplicate_of.is_(None))
        .group_by(Capture.incident_id, Capture.channel, Capture.app)
    )
    places, counts = defaultdict[int, list[tuple[int, str]]](list), Counter[int]()
    for incident_id, channel, app, number in session().execute(seen):
        name = word(CHANNELS, channel)
        places[incident_id].append((-number, f"{name} on {app}" if app else name))
        counts[incident_id] += number
    return defaultdict(str, {i: _first_two([p for _, p in sorted(found)]) for i, found in places.items()}), counts


def _first_two(places: list[str]) -> str:
    more = len(places) - 2
    return ", ".join(places[:2]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Pages:
    before: str = ""
    after: str = ""


def _pages(wanted: Wanted, more: bool) -> Pages:
    return Pages(
        before=_address(replace(wanted, page=wanted.page - 1)) if wanted.page > 1 else "",
        after=_address(replace(wanted, page=wanted.page + 1)) if more else "",
    )


def _address(wanted: Wanted) -> str:
    return url_for(
        "queue.show",
        status=wanted.status,
        severity=wanted.severity,
        category=wanted.category or None,
        person=wanted.person or None,
        school=wanted.school or None,
        page=wanted.page,
    )
