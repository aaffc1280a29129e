"""The pages a person reads, and the PAC file their device does."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from console.enrolment.here import network_of
from console.enrolment.proxy_auto_config import MEDIA_TYPE, proxy_auto_config
from console.enrolment.root_certificate import RootCertificate, RootFile, groups
from console.enrolment.settings import EnrolmentSettings, Network
from console.enrolment.standing import as_it_stands
from console.enrolment.systems import SYSTEMS, suggested

bp = Blueprint("pages", __name__)

REACHED = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@bp.get("/")
def front() -> str:
    return render_template("front.html", network=_network(), first=_suggested())


@bp.get("/notice")
def notice() -> ResponseReturnValue:
    if _settings().notice_url:
        return redirect(_settings().notice_url)
    return render_template("notice.html", paragraphs=current_app.extensions["notice"])


@bp.get("/set-up")
def systems() -> str:
    first = _suggested()
    return render_template("systems.html", first=first, others=[s for s in SYSTEMS if s not in first])


@bp.get("/set-up/<key>")
def system(key: str) -> str:
    found = next((system for system in SYSTEMS if system.key == key), None)
    if found is None:
        abort(404)
    return render_template(f"set-up/{found.key}.html", system=found, root=_root(), network=_network(), groups=groups)


@bp.get("/sheet")
def sheet() -> str:
    """For the office: what a person compares a device with is on paper, and did not come over the same network."""
    return render_template("sheet.html", root=_root(), groups=groups)


@bp.get("/proxy.pac")
@bp.get("/wpad.dat")
def proxy() -> Response:
    content = proxy_auto_config(_settings(), _network())
    return Response(content, content_type=MEDIA_TYPE, headers={"Cache-Control": "max-age=300"})


@bp.get("/reached.svg")
def reached() -> Response:
    """Loaded by the trust check's own name, in the clear: tells a missing certificate from a foreign name server."""
    return Response(REACHED, content_type="image/svg+xml", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


def refusal(said: str) -> str:
    return render_template("refusal.html", said=said)


def _suggested() -> tuple[object, ...]:
    return suggested(request.headers.get("User-Agent", "")[:500])


def _network() -> Network:
    settings = _settings()
    here = network_of(settings, request.environ.get("SERVER_NAME", ""), request.remote_addr or "")
    return as_it_stands(here, settings.states, datetime.now(UTC))


def _settings() -> EnrolmentSettings:
    settings: EnrolmentSettings = current_app.extensions["settings"]
    return settings


def _root() -> RootCertificate:
    file: RootFile = current_app.extensions["root"]
    return file.current()
