"""The queue: incidents that wait for a person, gravest first and then oldest; and every other list of incidents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from appliance.models import Incident, Organisation, OrganisationKind, Reviewer, Status
from appliance.permissions import visible_to
from console import access, health
from console.db import session
from console.incident_rows import rows_of
from console.wanted import Wanted, address, narrowed, read
from console.wording import CATEGORIES, LEVELS, STATUSES

bp = Blueprint("queue", __name__)

PER_PAGE = 50
DONE = (Status.CLOSED, Status.FALSE_POSITIVE)


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
        tabs=_tabs(_by_status(reviewer, replayed=wanted.replayed), wanted),
        replays=sum(_by_status(reviewer, replayed=True).values()),
        rows=rows_of(found[:PER_PAGE]),
        summary=_summary(reviewer, wanted),
        pages=_pages(wanted, more=len(found) > PER_PAGE),
        empty=EMPTY[wanted.status],
        schools=schools(reviewer),
        levels=LEVELS,
        categories=dict(sorted(CATEGORIES.items(), key=lambda item: item[1])),
        pulse=health.pulse_for(reviewer),
        banners=health.banners(reviewer),
    )


def waiting(reviewer: Reviewer) -> int:
    return _by_status(reviewer).get(Status.NEW, 0)


def following(reviewer: Reviewer, incident: Incident) -> Incident | None:
    """The next one waiting after ``incident`` in the queue's order; from the end, back to the start."""
    queue = _listed(reviewer, Wanted(replayed=incident.replayed)).where(Incident.id != incident.id)
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
    listed = narrowed(visible_to(reviewer, select(Incident), Incident), wanted)
    listed = listed.where(Incident.status == wanted.status).options(
        selectinload(Incident.person), selectinload(Incident.organisation)
    )
    if wanted.status in DONE:
        return listed.order_by(Incident.closed_at.desc(), Incident.id.desc())
    return listed.order_by(Incident.severity.desc(), Incident.opened_at, Incident.id)


def _by_status(reviewer: Reviewer, *, replayed: bool = False) -> Mapping[Status, int]:
    counted = select(Incident.status, func.count()).where(Incident.replayed.is_(replayed)).group_by(Incident.status)
    return dict(session().execute(visible_to(reviewer, counted, Incident)).all())


def _tabs(counts: Mapping[Status, int], wanted: Wanted) -> list[Tab]:
    return [
        Tab(
            label,
            url_for("queue.show", status=status, replayed="yes" if wanted.replayed else None),
            counts.get(Status(status), 0),
            wanted.status == status,
        )
        for status, label in STATUSES.items()
    ]


def _summary(reviewer: Reviewer, wanted: Wanted) -> str:
    """“7 waiting: 1 immediate, 2 high, 4 low.”"""
    counted = select(Incident.severity, func.count()).where(Incident.status == wanted.status)
    counted = narrowed(visible_to(reviewer, counted, Incident), wanted).group_by(Incident.severity)
    numbers = dict(session().execute(counted).all())
    total = sum(numbers.values())
    words = ", ".join(f"{numbers[lv.number]} {lv.word}" for lv in reversed(LEVELS) if lv.number in numbers)
    noun = STATUSES[wanted.status].lower() + ("s" if wanted.status == Status.FALSE_POSITIVE and total > 1 else "")
    return f"{total:,} {noun}: {words}."


@dataclass(frozen=True, slots=True)
class Pages:
    before: str = ""
    after: str = ""


def _pages(wanted: Wanted, more: bool) -> Pages:
    return Pages(
        before=address(replace(wanted, page=wanted.page - 1)) if wanted.page > 1 else "",
        after=address(replace(wanted, page=wanted.page + 1)) if more else "",
    )
