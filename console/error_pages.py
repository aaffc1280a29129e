"""What a visitor reads when something is refused, missing or broken: one calm page, never a traceback."""

from dataclasses import dataclass

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from console import db


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    text: str


PAGES = {
    400: Page("That did not work", "The request was incomplete. Go back, reload the page and try again."),
    403: Page("Not for your role", "Your role does not include this. If it should, speak to your safeguarding lead."),
    404: Page("Not found", "There is nothing here, or it belongs to a school you do not work for."),
    405: Page("That did not work", "This address cannot be used that way. Go back and try again."),
    413: Page("Too long", "What you sent is too long. Shorten the note and try again."),
    500: Page("Something went wrong", "The fault is ours and was noted down. Nothing you saved before is lost."),
}
FULL = Page(
    "The disk is full", "This was not saved. What was saved before is there. Tell your network manager to make room."
)
STALE = Page("The page was too old", "Nothing was saved. Go back, reload the page and try again.")


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(InternalServerError, _broken)


def _stale(_: CSRFError) -> ResponseReturnValue:
    return _draw(STALE), 400


def _refused(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return _draw(PAGES.get(code, PAGES[400 if code < 500 else 500])), code


def _broken(error: InternalServerError) -> ResponseReturnValue:
    """The store itself may be what is broken, so nothing of it is asked for."""
    db.renew()
    g.reviewer_id = None
    if isinstance(error.original_exception, OperationalError) and "is full" in str(error.original_exception.orig):
        return _draw(FULL), 507
    return _draw(PAGES[500]), 500


def _draw(page: Page) -> str:
    return render_template("error.html", title=page.title, text=page.text)
