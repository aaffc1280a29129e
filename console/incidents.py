"""The incident's page: the picture, what is known around it, what came before, and every entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from appliance import chronology
from appliance.grouping import OPEN
from appliance.models import Capture, Entry, Incident, Reviewer
from appliance.permissions import Action, may, visible_to
from console import access, db, entries, forms, looks
from console.about_capture import about
from console.naming import who
from console.queue import following

bp = Blueprint("incidents", __name__)

RETURNING = "returning"


@dataclass(slots=True, kw_only=True)
class Forms:
    """The forms in the bar; one that was refused comes back in place of its fresh one."""

    keep: forms.KeepForm
    grade: forms.GradeForm
    false_positive: forms.FalsePositiveForm
    note: forms.NoteForm
    reopen: forms.ReopenForm


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    keep: bool
    grade: bool
    false_positive: bool
    note: bool
    close: bool
    reopen: bool


@bp.get("/incidents/<int:incident_id>")
def show(incident_id: int) -> ResponseReturnValue:
    asked_for = request.args.get("capture")
    capture = _chosen(find(incident_id), asked_for)
    back = cookie.pop(RETURNING, None) == [incident_id, asked_for]
    if capture and not back:
        looks.note(capture)
    return draw(incident_id)


def returning(incident_id: int, capture_id: str | None) -> None:
    """The next page of this incident follows an act on it: it is the same look going on."""
    cookie[RETURNING] = [incident_id, capture_id]


def find(incident_id: int) -> Incident:
    """The incident, if this reviewer may know of it; else 404, so that nobody learns which numbers exist."""
    reviewer = access.reviewer()
    wanted = visible_to(reviewer, select(Incident).where(Incident.id == incident_id), Incident)
    incident = db.session().scalar(wanted.options(selectinload(Incident.person), selectinload(Incident.organisation)))
    if incident is None or not may(reviewer, Action.VIEW_INCIDENT, incident):
        abort(404)
    return incident


def draw(incident_id: int, tried: str = "", refused: forms.ActForm | None = None) -> str:
    """The page as it is now; ``refused`` is the form named ``tried``, shown again with what was wrong."""
    incident, reviewer = find(incident_id), access.reviewer()
    captures = captures_of(incident)
    capture = _chosen(incident, request.args.get("capture"))
    said = chronology.of_incident(db.session(), incident.id)
    names = _names_of_reviewers(said)
    return render_template(
        "incidents/show.html",
        incident=incident,
        who=who(incident),
        zone=incident.organisation.time_zone,
        captures=[c for c in captures if c.duplicate_of is None],
        alike=sum(c.duplicate_of is not None for c in captures),
        entries=entries.lines(said, names),
        looks=entries.looks(said, names),
        open=incident.status in OPEN,
        may=_may(reviewer, incident),
        may_view_person=incident.person is not None and may(reviewer, Action.VIEW_PERSON, incident.person),
        next_incident=following(reviewer, incident),
        forms=_forms(entries.latest_change(said), tried, refused),
        tried=tried,
        asked_for=request.args.get("capture"),
        **about(capture),
    )


def captures_of(incident: Incident) -> Sequence[Capture]:
    """The gravest first, and of those the latest."""
    wanted = visible_to(access.reviewer(), select(Capture).where(Capture.incident_id == incident.id), Capture)
    return db.session().scalars(wanted.order_by(Capture.severity.desc(), Capture.seen_at.desc())).all()


def _chosen(incident: Incident, capture_id: str | None) -> Capture | None:
    captures = captures_of(incident)
    if capture_id:
        return next((c for c in captures if c.id == capture_id), None) or abort(404)
    return next((c for c in captures if c.duplicate_of is None), None)


def _names_of_reviewers(said: Sequence[Entry]) -> dict[str, str]:
    """Everybody who acted, a trust officer over the school included: who looked is no secret from who may read it."""
    acted = select(Reviewer.login, Reviewer.name).where(Reviewer.login.in_(entries.logins(said)))
    return dict(db.session().execute(acted).all())


def _may(reviewer: Reviewer, incident: Incident) -> May:
    return May(
        keep=may(reviewer, Action.KEEP, incident),
        grade=may(reviewer, Action.GRADE, incident),
        false_positive=may(reviewer, Action.MARK_FALSE_POSITIVE, incident),
        note=may(reviewer, Action.ADD_NOTE, incident),
        close=may(reviewer, Action.CLOSE, incident),
        reopen=may(reviewer, Action.REOPEN, incident),
    )


def _forms(seen: int, tried: str, refused: forms.ActForm | None) -> Forms:
    fresh = Forms(
        keep=forms.KeepForm(formdata=None, prefix="keep"),
        grade=forms.GradeForm(formdata=None, prefix="grade"),
        false_positive=forms.FalsePositiveForm(formdata=None, prefix="false_positive"),
        note=forms.NoteForm(formdata=None, prefix="note"),
        reopen=forms.ReopenForm(formdata=None, prefix="reopen"),
    )
    if refused is not None:
        setattr(fresh, tried, refused)
    for form in (fresh.keep, fresh.grade, fresh.false_positive, fresh.note, fresh.reopen):
        form.seen.data = str(seen)
    return fresh
