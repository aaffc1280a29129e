"""The enrolment page, put together. It is given what is public and nothing else: no store, no session, no key."""

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from console.enrolment import downloads, headers, pages
from console.enrolment.notice import load_notice
from console.enrolment.root_certificate import RootFile
from console.enrolment.settings import EnrolmentSettings

LARGEST_REQUEST = 1024

REFUSED = {
    404: "There is no such page here.",
    405: "This page can only be read; nothing can be sent to it.",
}


def create_app(settings: EnrolmentSettings) -> Flask:
    """ValueError where the certificate or the notice will not do."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["settings"] = settings
    app.extensions["root"] = RootFile(settings.root)
    app.extensions["notice"] = load_notice(settings.notice) if settings.notice else ()
    headers.init_app(app, settings)
    app.register_blueprint(pages.bp)
    app.register_blueprint(downloads.bp)
    app.register_error_handler(HTTPException, _refused)
    app.context_processor(lambda: {"settings": settings})
    return app


def _refused(error: HTTPException) -> tuple[str, int]:
    """Also for a device that asks here whether it is online, or for anything a program tries on every server."""
    code = error.code or 500
    said = REFUSED.get(code, "The request was not understood." if code < 500 else "The fault is ours; try again.")
    if request.accept_mimetypes.accept_html and request.method == "GET":
        return pages.refusal(said), code
    return said, code
