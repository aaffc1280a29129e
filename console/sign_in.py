"""The door: sign in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from appliance import reviewers
from console import access, db
from console.forms import SignInForm
from console.times import span

bp = Blueprint("sign_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    if access.signed_in():
        return redirect(_destination())
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in/show.html", form=form), 422 if form.is_submitted() else 200
    try:
        token = _try(form)
    except reviewers.TooManyAttempts as e:
        form.form_errors.append(f"Too many attempts. Try again in {span(e.seconds)}.")
        return render_template("sign_in/show.html", form=form), 429, {"Retry-After": str(int(e.seconds) + 1)}
    if token is None:
        form.form_errors.append("Login and password do not belong together. Check both and try again.")
        return render_template("sign_in/show.html", form=form), 422
    access.forget()  # nothing from before the sign-in, least of all its form token, is good after it
    cookie[access.TOKEN] = token
    return redirect(_destination())


@bp.post("/sign-out")
def out() -> ResponseReturnValue:
    with db.writing() as session:
        reviewers.sign_out(session, cookie.get(access.TOKEN, ""), access.now())
    access.forget()
    flash("You are signed out.", "info")
    return redirect(url_for("sign_in.show"))


def _try(form: SignInForm) -> str | None:
    address = request.remote_addr or ""
    with db.writing() as session:
        token: str | None = reviewers.sign_in(
            session, form.login.data or "", form.password.data or "", address, access.now()
        )
    return token


def _destination() -> str:
    """Where the visitor was going, if that is here: never another site, however it is spelt."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    here = not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if here and "\\" not in wanted and wanted.isprintable() else url_for("queue.home")
