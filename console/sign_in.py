"""The door: sign in with a password or a passkey, and out."""

import logging
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from appliance import passkeys, sign_ins, signing_in
from appliance.models import Passkey
from console import access, db, outside
from console.ceremonies import Ceremonies, Question, Refused, named_in
from console.forms import AnswerForm, SignInForm
from console.times import span

bp = Blueprint("sign_in", __name__)
logger = logging.getLogger("gatehouse.console")

ASKED = "asked"
"""Field of the cookie: what a passkey was asked at the door."""


@bp.route("/sign-in", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    if access.signed_in():
        return redirect(_destination())
    form = SignInForm()
    if outside.passkey_needed() and outside.is_outside():
        # Not even looked at: from outside nobody finds out by trying whether a password is right.
        return _door(form), 403 if form.is_submitted() else 200
    if not form.validate_on_submit():
        return _door(form), 422 if form.is_submitted() else 200
    try:
        token = _try(form)
    except signing_in.TooManyAttempts as e:
        form.form_errors.append(f"Too many attempts. Try again in {span(e.seconds)}.")
        return _door(form), 429, {"Retry-After": str(int(e.seconds) + 1)}
    if token is None:
        form.form_errors.append("Login and password do not belong together. Check both and try again.")
        return _door(form), 422
    return _enter(token)


@bp.get("/sign-in/passkey")
def by_passkey() -> ResponseReturnValue:
    """The browser asks for the passkey as soon as this page is there, so no question grows old before it."""
    if access.signed_in():
        return redirect(_destination())
    return _ask(AnswerForm())


@bp.post("/sign-in/passkey")
def answered() -> ResponseReturnValue:
    form, question = AnswerForm(), Question.of(cookie.pop(ASKED, None))
    if question is None or not question.is_good(access.now()) or not form.validate_on_submit():
        form.form_errors.append("That took too long. Try again.")
        return _ask(form, 422)
    token = _answer(question, form.answer.data or "")
    if token is None:
        form.form_errors.append("This passkey does not open anything here. If it was yours, speak to your school.")
        return _ask(form, 422)
    return _enter(token)


@bp.post("/sign-out")
def out() -> ResponseReturnValue:
    with db.writing() as session:
        sign_ins.sign_out(session, cookie.get(access.TOKEN, ""), access.now())
    access.forget()
    flash("You are signed out.", "info")
    return redirect(url_for("sign_in.show"))


def _door(form: SignInForm) -> str:
    return render_template(
        "sign_in/show.html",
        form=form,
        by_passkey_only=outside.passkey_needed() and outside.is_outside(),
        passkey_needed=outside.passkey_needed(),
        at_passkeys_name=outside.by_passkeys_name(),
        public_url=current_app.extensions["settings"].public_url,
        wanted=request.args.get("next"),
    )


def _ask(form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    options, question = _ceremonies().to_answer(access.now())
    cookie[ASKED] = question.kept()
    form.answer.data = ""
    wanted = request.args.get("next")
    return render_template("sign_in/passkey.html", form=form, options=options, wanted=wanted), status


def _try(form: SignInForm) -> str | None:
    address = request.remote_addr or ""
    with db.writing() as session:
        token: str | None = signing_in.sign_in(
            session, form.login.data or "", form.password.data or "", address, access.now()
        )
    return token


def _answer(question: Question, answer: str) -> str | None:
    passkey = passkeys.of_credential(db.session(), named_in(answer))
    if passkey is None:
        return None
    count = _counted(question, answer, passkey)
    if count is None:
        return None
    with db.writing() as session:
        return passkeys.sign_in(session, passkey.id, count, question.sha256, access.now())


def _counted(question: Question, answer: str, passkey: Passkey) -> int | None:
    try:
        return _ceremonies().answered(question, answer, passkey.public_key, passkey.user_handle)
    except Refused as refusal:
        logger.warning("passkey %d was refused: %s", passkey.id, refusal)
        return None


def _enter(token: str) -> ResponseReturnValue:
    access.forget()  # nothing from before the sign-in, least of all its form token, is good after it
    cookie[access.TOKEN] = token
    return redirect(_destination())


def _ceremonies() -> Ceremonies:
    found: Ceremonies | None = current_app.extensions["ceremonies"]
    return found if found is not None else abort(404)


def _destination() -> str:
    """Where the visitor was going, if that is here: never another site, however it is spelt."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    here = not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if here and "\\" not in wanted and wanted.isprintable() else url_for("queue.home")
