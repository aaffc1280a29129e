"""Every system gets the certificate in the form it takes, under the media type and the name it expects."""

import json
import ssl
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from console.enrolment.application import create_app
from console.enrolment.settings import Network
from tests.console.enrolment.schools import settings


@pytest.fixture
def visitor(tmp_path: Path) -> FlaskClient:
    return create_app(settings(tmp_path)).test_client()


@pytest.mark.parametrize(
    ("name", "media_type", "saved"),
    [
        ("gatehouse-root.pem", "application/x-pem-file", True),
        ("gatehouse-root.crt", "application/x-x509-ca-cert", True),
        ("gatehouse-root.cer", "application/x-x509-ca-cert", True),
        ("gatehouse-root.der", "application/x-x509-ca-cert", True),
        ("gatehouse-root.mobileconfig", "application/x-apple-aspen-config", False),
        ("gatehouse-proxy.mobileconfig", "application/x-apple-aspen-config", False),
        ("policies.json", "application/json", True),
    ],
)
def test_each_form_has_its_media_type_and_name(visitor: FlaskClient, name: str, media_type: str, saved: bool) -> None:
    answer = visitor.get(f"/certificate/{name}")
    assert (answer.status_code, answer.content_type) == (200, media_type)
    assert answer.headers.get("Content-Disposition") == (f'attachment; filename="{name}"' if saved else None)


def test_both_forms_hold_the_same_certificate(visitor: FlaskClient) -> None:
    pem, der = (visitor.get(f"/certificate/gatehouse-root.{ending}").data for ending in ("pem", "crt"))
    assert ssl.PEM_cert_to_DER_cert(pem.decode()) == der


def test_the_policy_names_the_file_it_is_downloaded_as(visitor: FlaskClient) -> None:
    certificates = json.loads(visitor.get("/certificate/policies.json").data)["policies"]["Certificates"]
    assert certificates == {"ImportEnterpriseRoots": True, "Install": ["gatehouse-root.pem"]}


def test_there_is_no_profile_for_a_proxy_nobody_may_use(tmp_path: Path) -> None:
    without = settings(tmp_path, network=(Network(name="guests", address="10.30.0.1/16", proxy=False),))
    assert create_app(without).test_client().get("/certificate/gatehouse-proxy.mobileconfig").status_code == 404
