"""Who is asking, and which pages are theirs: everything needs a sign-in except what is listed."""

import logging
from collections.abc import Mapping
from datetime import datetime

from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask import session as cookie
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from appliance import reviewers
from appliance.models import Reviewer
from appliance.permissions import Action, may
from console import db

logger = logging.getLogger("gatehouse.console")

PUBLIC = ("static", "bootstrap.static", "sign_in.show")
"""Endpoints anybody may ask for."""

NEEDS: Mapping[str, Action | None] = {
    "queue.home": None,
    "queue.show": Action.VIEW_INCIDENT,
    "incidents.show": Action.VIEW_INCIDENT,
    "captures.picture": Action.SEE_PICTURE,
    "decisions.keep": Action.KEEP,
    "decisions.grade": Action.GRADE,
    "decisions.false_positive": Action.MARK_FALSE_POSITIVE,
    "decisions.note": Action.ADD_NOTE,
    "decisions.close": Action.CLOSE,
    "decisions.reopen": Action.REOPEN,
    "people.every": Action.VIEW_PERSON,
    "people.show": Action.VIEW_PERSON,
    "health.show": Action.VIEW_HEALTH,
    "health.dismiss": Action.DISMISS_HEALTH,
    "account.show": None,
    "account.password": None,
    "account.keys": None,
    "guide.show": None,
    "sign_in.out": None,
}
"""What a role must be allowed before an endpoint is even looked at (None: to be signed in). What is not named here
is refused to everybody. The row itself is asked about again where it is read or acted on."""

BEFORE_OWN_PASSWORD = ("account.show", "account.password", "sign_in.out")

KEYS = "keys"
TOKEN = "token"  # noqa: S105  # the name of the cookie's field


def reviewer() -> Reviewer:
    """Whoever is signed in. Only for endpoints that are not public."""
    return db.session().get_one(Reviewer, g.reviewer_id)


def signed_in() -> bool:
    return g.get("reviewer_id") is not None


def now() -> datetime:
    at: datetime = current_app.extensions["clock"]()
    return at


def allowed(by: Reviewer, endpoint: str) -> bool:
    if endpoint not in NEEDS:
        return False
    action = NEEDS[endpoint]
    return action is None or may(by, action)


def forget() -> None:
    """Empty the cookie of everything but whether keys act, which is a matter of the machine."""
    keys = cookie.get(KEYS)
    cookie.clear()
    if keys is not None:
        cookie[KEYS] = keys


def init_app(app: Flask) -> None:
    app.before_request(_admit)


def _admit() -> Response | None:
    g.reviewer_id = None
    if request.endpoint in ("static", "bootstrap.static"):
        return None
    g.reviewer_id = _signed_in()
    if request.endpoint in PUBLIC:
        return None
    if not signed_in():
        if request.endpoint == "captures.picture":
            abort(404)  # a picture has no address for strangers, not even one that leads to the door
        return _to_sign_in()
    if reviewer().must_change_password and request.endpoint not in BEFORE_OWN_PASSWORD:
        return redirect(url_for("account.show"))
    if request.endpoint and not allowed(reviewer(), request.endpoint):
        abort(403)
    return None


def _signed_in() -> int | None:
    token = cookie.get(TOKEN)
    if not token:
        return None
    known = _known(token)
    if known is None:
        forget()
        flash("You were signed out because you had been away. Sign in again.", "info")
    return known


def _known(token: str) -> int | None:
    """Asked by reading first: the row changes once a minute, and writing would wait for every other writer."""
    session = db.session()
    found = reviewers.reviewer_of(session, token, now())
    known = found.id if found else None
    if session.dirty:
        db.renew()
        try:
            with db.writing() as writing:
                reviewers.reviewer_of(writing, token, now())
        except OperationalError:
            logger.error("cannot note that a sign-in was used; is the disk full?")
    return known


def _to_sign_in() -> Response:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.show", next=None if wanted in (None, "/") else wanted))
