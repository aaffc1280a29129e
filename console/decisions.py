"""What a reviewer decides: keep, change the severity, false positive, note, close, reopen."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.grouping import OPEN
from appliance.models import Entry, Incident, Reviewer
from appliance.permissions import Action, may, visible_to
from console import access, db, entries, incidents
from console.acts import CLOSE, FALSE_POSITIVE, GRADE, KEEP, NOTE, REOPEN, Act
from console.forms import ActForm, CloseForm, FalsePositiveForm, GradeForm, KeepForm, NoteForm, ReopenForm
from console.naming import who

bp = Blueprint("decisions", __name__, url_prefix="/incidents/<int:incident_id>")


class Changed(Exception):
    """Something happened to the incident that the reviewer has not seen."""


@bp.post("/keep")
def keep(incident_id: int) -> ResponseReturnValue:
    return _decide(KEEP, KeepForm(prefix="keep"), incident_id)


@bp.post("/severity")
def grade(incident_id: int) -> ResponseReturnValue:
    return _decide(GRADE, GradeForm(prefix="grade"), incident_id)


@bp.post("/false-positive")
def false_positive(incident_id: int) -> ResponseReturnValue:
    return _decide(FALSE_POSITIVE, FalsePositiveForm(prefix="false_positive"), incident_id)


@bp.post("/notes")
def note(incident_id: int) -> ResponseReturnValue:
    return _decide(NOTE, NoteForm(prefix="note"), incident_id)


@bp.post("/reopen")
def reopen(incident_id: int) -> ResponseReturnValue:
    return _decide(REOPEN, ReopenForm(prefix="reopen"), incident_id)


@bp.route("/close", methods=["GET", "POST"])
def close(incident_id: int) -> ResponseReturnValue:
    incident = incidents.find(incident_id)
    if not may(access.reviewer(), Action.CLOSE, incident):
        abort(403)
    form = CloseForm()
    if form.is_submitted():
        if form.validate() and _done(CLOSE, form, incident_id):
            return _back(incident_id, CLOSE.said)
        return _confirm(incidents.find(incident_id), form), 422
    if incident.status not in OPEN:
        return redirect(url_for("incidents.show", incident_id=incident_id))
    return _confirm(incident, form)


def _decide(act: Act, form: ActForm, incident_id: int) -> ResponseReturnValue:
    incidents.find(incident_id)
    if form.validate() and _done(act, form, incident_id):
        return _back(incident_id, act.said)
    return incidents.draw(incident_id, tried=act.name, refused=form), 422


def _done(act: Act, form: ActForm, incident_id: int) -> bool:
    """Whether it is done, by this click or the same one before; else the form says why not."""
    try:
        with db.writing() as session:
            _act(act, form, incident_id, session)
    except Changed:
        form.form_errors.append("This incident changed while you had it open. Look at it again, then decide.")
        return False
    except ValueError as refusal:
        _say_why_not(form, str(refusal))
        return False
    finally:
        db.renew()
    return True


def _say_why_not(form: Any, refusal: str) -> None:
    """Beside the note, where there is one: what is refused is mostly a note that is missing."""
    if "note" in form:
        form.note.errors = [*form.note.errors, refusal]
    else:
        form.form_errors.append(refusal)


def _act(act: Act, form: ActForm, incident_id: int, session: Session) -> None:
    reviewer = session.get_one(Reviewer, access.reviewer().id)
    incident = session.scalar(visible_to(reviewer, select(Incident).where(Incident.id == incident_id), Incident))
    if incident is None:
        abort(404)
    if not may(reviewer, act.action, incident):
        abort(403)
    chronology.lock(session, incident.organisation_id)  # so that two clicks come one after the other
    newer = _since(session, incident, form)
    if newer and all(_is_the_same(act, form, reviewer, incident, entry) for entry in newer):
        return
    if newer and act is not NOTE:
        raise Changed
    act.do(session, incident, reviewer, form, access.now())


def _since(session: Session, incident: Incident, form: ActForm) -> list[Entry]:
    """What changed the incident after the page was drawn that this form was sent from."""
    seen = int(form.seen.data) if (form.seen.data or "").isdecimal() else 0
    return [e for e in chronology.of_incident(session, incident.id) if e.sequence > seen and e.kind in entries.CHANGES]


def _is_the_same(act: Act, form: Any, reviewer: Reviewer, incident: Incident, entry: Entry) -> bool:
    if entry.kind != act.kind or entry.actor != f"{entries.PERSON}{reviewer.login}":
        return False
    if act is NOTE:
        return entry.text is not None and form.note.data in entry.text.text
    return act is not GRADE or incident.severity == int(form.severity.data)


def _confirm(incident: Incident, form: CloseForm) -> str:
    said = chronology.of_incident(db.session(), incident.id)
    captures = [c for c in incidents.captures_of(incident) if c.duplicate_of is None]
    opened = {entry.capture_id for entry in said if entry.kind == EntryKind.LOOKED}
    form.seen.data = str(entries.latest_change(said))
    return render_template(
        "incidents/close.html",
        incident=incident,
        who=who(incident),
        form=form,
        total=len(captures),
        unopened=sum(c.id not in opened for c in captures),
    )


def _back(incident_id: int, said: str) -> ResponseReturnValue:
    """To the page as it was, which is no second look at it."""
    flash(said, "info")
    capture_id = request.args.get("capture")
    incidents.returning(incident_id, capture_id)
    return redirect(url_for("incidents.show", incident_id=incident_id, capture=capture_id))
