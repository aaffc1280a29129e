"""One's own account: password, passkeys, and whether single keys act."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from appliance import passkeys, reviewers
from appliance.models import Reviewer
from console import access, db, outside
from console.forms import PasskeyForm, PasswordForm
from console.settings import PasskeysRequired

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
def show() -> ResponseReturnValue:
    return page()


@bp.post("/password")
def password() -> ResponseReturnValue:
    form, asked_for = PasswordForm(), access.reviewer().must_change_password
    if not form.validate_on_submit():
        return page(form=form), 422
    if not _changed(form):
        return page(form=form), 422
    flash("Your password was changed. Other browsers that were signed in as you are signed out.", "info")
    return redirect(url_for("queue.home" if asked_for else "account.show"))


@bp.post("/keys")
def keys() -> ResponseReturnValue:
    """Kept in the browser's cookie: a screen reader's keys are a matter of the machine, not of the person."""
    cookie[access.KEYS] = "off" if request.form.get("keys") == "off" else "on"
    flash(f"Single keys are {cookie[access.KEYS]}.", "info")
    return redirect(url_for("account.show"))


def page(*, form: PasswordForm | None = None, passkey_form: PasskeyForm | None = None) -> str:
    """With a form that was sent and is to be sent again."""
    settings = current_app.extensions["settings"]
    return render_template(
        "account/show.html",
        form=form or PasswordForm(),
        passkey_form=passkey_form or PasskeyForm(prefix="passkey"),
        passkeys=passkeys.of(db.session(), access.reviewer()),
        at_passkeys_name=outside.by_passkeys_name(),
        public_url=settings.public_url,
        passkeys_required=settings.passkeys_required != PasskeysRequired.NEVER,
        first_passkey=access.needs_first_passkey(),
    )


def keys_on() -> bool:
    return cookie.get(access.KEYS) != "off"


def _changed(form: PasswordForm) -> bool:
    """Whether it is; else the form says beside which field why not."""
    current, new = form.current.data or "", form.new.data or ""
    field = form.new if reviewers.check_password(access.reviewer(), current) else form.current
    try:
        with db.writing() as session:
            own = session.get_one(Reviewer, access.reviewer().id)
            reviewers.change_password(session, own, current, new, access.now(), keep=cookie.get(access.TOKEN))
    except ValueError as refusal:
        field.errors = [*field.errors, str(refusal)]
    finally:
        db.renew()
    return not field.errors
