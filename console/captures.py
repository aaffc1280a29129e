"""A capture's picture: no address of its own, only through its incident and a sign-in."""

from flask import Blueprint, Response, abort, current_app
from sqlalchemy import select

from appliance.models import Capture, Incident
from appliance.permissions import Action, may, visible_to
from console import access, db, looks
from images.vault import Vault, VaultError

bp = Blueprint("captures", __name__)


def vault() -> Vault:
    found: Vault = current_app.extensions["vault"]
    return found


@bp.get("/incidents/<int:incident_id>/captures/<capture_id>/picture")
def picture(incident_id: int, capture_id: str) -> Response:
    reviewer = access.reviewer()
    wanted = visible_to(reviewer, select(Incident).where(Incident.id == incident_id), Incident)
    incident = db.session().scalar(wanted) or abort(404)
    capture = db.session().scalar(
        visible_to(
            reviewer,
            select(Capture).where(Capture.incident_id == incident.id, Capture.id == capture_id),
            Capture,
        )
    )
    if capture is None or capture.picture is None or not may(reviewer, Action.SEE_PICTURE, capture):
        abort(404)
    answer = _png(capture.picture)
    if not looks.lately(capture):
        looks.note(capture)
    return answer


def _png(name: str) -> Response:
    try:
        content = vault().get(name)
    except VaultError:
        abort(404)
    return Response(content, mimetype="image/png")
