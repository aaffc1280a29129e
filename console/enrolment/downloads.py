"""What devices download: the certificate in the forms each system takes, profiles, policies. Public, all of it."""

import json

from flask import Blueprint, Response, abort, current_app

from console.enrolment.apple_profiles import MEDIA_TYPE as PROFILE
from console.enrolment.apple_profiles import certificate_profile, proxy_profile
from console.enrolment.root_certificate import RootCertificate, RootFile
from console.enrolment.settings import EnrolmentSettings

bp = Blueprint("downloads", __name__, url_prefix="/certificate")

CERTIFICATE = "application/x-x509-ca-cert"
FIREFOX = {"policies": {"Certificates": {"ImportEnterpriseRoots": True, "Install": ["gatehouse-root.pem"]}}}
"""Firefox looks for the file in folders of its own, which the instructions name."""


@bp.get("/gatehouse-root.pem")
def pem() -> Response:
    return _file("gatehouse-root.pem", "application/x-pem-file", _root().pem)


@bp.get("/gatehouse-root.<any(crt, cer, der):ending>")
def der(ending: str) -> Response:
    return _file(f"gatehouse-root.{ending}", CERTIFICATE, _root().der)


@bp.get("/gatehouse-root.mobileconfig")
def profile() -> Response:
    return _profile(certificate_profile(_settings(), _root()))


@bp.get("/gatehouse-proxy.mobileconfig")
def proxy() -> Response:
    if not any(network.proxy for network in _settings().network):
        abort(404)
    return _profile(proxy_profile(_settings(), _root()))


@bp.get("/policies.json")
def policies() -> Response:
    return _file("policies.json", "application/json", json.dumps(FIREFOX, indent=2).encode() + b"\n")


def _file(name: str, media_type: str, content: bytes) -> Response:
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _profile(content: bytes) -> Response:
    """Not as an attachment: Safari is to offer it to the system, not to put it among the downloads."""
    return Response(content, content_type=PROFILE)


def _root() -> RootCertificate:
    file: RootFile = current_app.extensions["root"]
    return file.current()


def _settings() -> EnrolmentSettings:
    settings: EnrolmentSettings = current_app.extensions["settings"]
    return settings
