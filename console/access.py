"""Who is asking, and which pages are theirs: everything needs a sign-in except what is listed."""

import logging
from collections.abc import Mapping
from datetime import datetime

from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask import session as cookie
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from appliance import passkeys, sign_ins
from appliance.models import Reviewer, SignIn
from appliance.permissions import Action, may
from console import db, outside

logger = logging.getLogger("gatehouse.console")

PUBLIC = ("static", "bootstrap.static", "sign_in.show", "sign_in.by_passkey", "sign_in.answered")
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
    "devices.show": Action.VIEW_DEVICES,
    "health.show": Action.VIEW_HEALTH,
    "health.dismiss": Action.DISMISS_HEALTH,
    "account.show": None,
    "account.password": None,
    "account.keys": None,
    "passkeys.begin": None,
    "passkeys.make": None,
    "passkeys.keep": None,
    "passkeys.ask_to_remove": None,
    "passkeys.remove": None,
    "guide.show": None,
    "sign_in.out": None,
}
"""What a role must be allowed before an endpoint is even looked at (None: to be signed in). What is not named here
is refused to everybody. The row itself is asked about again where it is read or acted on."""

BEFORE_OWN_PASSWORD = ("account.show", "account.password", "sign_in.out")
BEFORE_FIRST_PASSKEY = (*BEFORE_OWN_PASSWORD, "passkeys.begin", "passkeys.make", "passkeys.keep")

KEYS = "keys"
TOKEN = "token"  # noqa: S105  # the name of the cookie's field


def reviewer() -> Reviewer:
    """Whoever is signed in. Only for endpoints that are not public."""
    return db.session().get_one(Reviewer, g.reviewer_id)


def signed_in() -> bool:
    return g.get("reviewer_id") is not None


def needs_first_passkey() -> bool:
    """Whether all that is left to whoever is signed in is to add their first passkey."""
    return bool(g.get("first_passkey"))


def is_kept_to_account() -> bool:
    return reviewer().must_change_password or needs_first_passkey()


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
    g.reviewer_id, g.first_passkey = None, False
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
    if needs_first_passkey() and request.endpoint not in BEFORE_FIRST_PASSKEY:
        return redirect(url_for("account.show"))
    if request.endpoint and not allowed(reviewer(), request.endpoint):
        abort(403)
    return None


def _signed_in() -> int | None:
    token = cookie.get(TOKEN)
    if not token:
        return None
    found = _known(token)
    if found is None:
        forget()
        flash("You were signed out because you had been away. Sign in again.", "info")
        return None
    if found.passkey_id is None and outside.passkey_needed():
        g.first_passkey = not outside.is_outside() and not passkeys.of(db.session(), found.reviewer)
        return found.reviewer_id if g.first_passkey else None
    return found.reviewer_id


def _known(token: str) -> SignIn | None:
    """Asked by reading first: the row changes once a minute, and writing would wait for every other writer."""
    session = db.session()
    found = sign_ins.sign_in_of(session, token, now())
    if session.dirty:
        db.renew()
        try:
            with db.writing() as writing:
                sign_ins.sign_in_of(writing, token, now())
        except OperationalError:
            logger.error("cannot note that a sign-in was used; is the disk full?")
    return found


def _to_sign_in() -> Response:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.show", next=None if wanted in (None, "/") else wanted))
