"""One's own passkeys: add one, after the password was asked, and remove one."""

from datetime import datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from appliance import passkeys, signing_in
from appliance.models import Passkey, Reviewer
from console import access, account, db
from console.ceremonies import GOOD_FOR, Ceremonies, Question, Refused
from console.forms import AnswerForm, PasskeyForm, RemovePasskeyForm
from console.times import span

bp = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")

MAY_ADD, ASKED = "may_add_passkey", "asked_to_make"
"""Fields of the cookie: under which name, since the password was right; and what the device was asked."""


@bp.post("")
def begin() -> ResponseReturnValue:
    """The name and the password; the device is asked on the next page."""
    _ceremonies()
    form = PasskeyForm(prefix="passkey")
    if not form.validate_on_submit() or not _name_will_do(form) or not _is_them(form):
        return account.page(passkey_form=form), 422
    cookie[MAY_ADD] = {"name": form.name.data, "at": access.now().isoformat()}
    return redirect(url_for("passkeys.make"))


@bp.get("/new")
def make() -> ResponseReturnValue:
    name, by = _name_to_add(), access.reviewer()
    if name is None:
        return _too_late()
    known, handle = [each.credential_id for each in _own()], passkeys.handle_of(db.session(), by)
    options, question = _ceremonies().to_make(by.login, by.name, handle, known, access.now())
    cookie[ASKED] = question.kept() | {"handle": handle}
    return render_template("account/passkey.html", form=AnswerForm(), options=options, name=name)


@bp.post("/new")
def keep() -> ResponseReturnValue:
    asked: dict[str, str] = cookie.pop(ASKED, {})
    name, form = _name_to_add(), AnswerForm()
    question = Question.of(asked)
    if name is None or question is None or not question.is_good(access.now()) or not form.validate_on_submit():
        return _too_late()
    try:
        _keep(name, question, asked["handle"], form.answer.data or "")
    except Refused:
        flash("That was no passkey that can be used here. Try another device.", "info")
        return redirect(url_for("account.show"))
    except ValueError as refusal:
        flash(str(refusal), "info")
        return redirect(url_for("account.show"))
    cookie.pop(MAY_ADD, None)
    flash(f"The passkey “{name}” was added. Sign in with it next time.", "info")
    return redirect(url_for("account.show"))


@bp.get("/<int:passkey_id>/remove")
def ask_to_remove(passkey_id: int) -> ResponseReturnValue:
    return render_template("account/remove_passkey.html", form=RemovePasskeyForm(), passkey=_the(passkey_id))


@bp.post("/<int:passkey_id>/remove")
def remove(passkey_id: int) -> ResponseReturnValue:
    passkey, form = _the(passkey_id), RemovePasskeyForm()
    if not form.validate_on_submit() or not _is_them(form):
        return render_template("account/remove_passkey.html", form=form, passkey=passkey), 422
    with db.writing() as session:
        if found := session.get(Passkey, passkey_id):
            passkeys.remove(session, found, f"reviewer:{access.reviewer().login}", access.now())
    flash(f"The passkey “{passkey.name}” was removed, and whoever was signed in with it is signed out.", "info")
    return redirect(url_for("account.show"))


def _keep(name: str, question: Question, handle: str, answer: str) -> None:
    made = _ceremonies().made(question, answer)
    with db.writing() as session:
        passkeys.add(
            session,
            session.get_one(Reviewer, access.reviewer().id),
            name=name,
            credential_id=made.credential_id,
            public_key=made.public_key,
            user_handle=handle,
            sign_count=made.sign_count,
            now=access.now(),
        )
    db.renew()


def _name_to_add() -> str | None:
    """None where the password was not asked, or too long ago."""
    kept = cookie.get(MAY_ADD)
    if not isinstance(kept, dict) or access.now() - datetime.fromisoformat(kept["at"]) >= GOOD_FOR:
        return None
    return str(kept["name"])


def _name_will_do(form: PasskeyForm) -> bool:
    try:
        form.name.data = passkeys.check_name(db.session(), access.reviewer(), form.name.data or "")
    except ValueError as refusal:
        form.name.errors = [*form.name.errors, str(refusal)]
        return False
    return True


def _is_them(form: PasskeyForm | RemovePasskeyForm) -> bool:
    """Else the form says why not. Slowed down like the door, for a browser may have been left open."""
    by, address = access.reviewer(), request.remote_addr or ""
    try:
        with db.writing() as session:
            found = signing_in.prove(session, by.login, form.password.data or "", address, access.now())
    except signing_in.TooManyAttempts as e:
        form.password.errors = [f"Too many attempts. Try again in {span(e.seconds)}."]
        return False
    if found is None:
        form.password.errors = ["The password is not right."]
    return found is not None


def _own() -> list[Passkey]:
    return passkeys.of(db.session(), access.reviewer())


def _the(passkey_id: int) -> Passkey:
    """One of their own; another's does not exist."""
    return next((each for each in _own() if each.id == passkey_id), None) or abort(404)


def _too_late() -> Response:
    flash("That took too long. Begin again.", "info")
    return redirect(url_for("account.show"))


def _ceremonies() -> Ceremonies:
    found: Ceremonies | None = current_app.extensions["ceremonies"]
    return found if found is not None else abort(404)
