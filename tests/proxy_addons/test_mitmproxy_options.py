from pathlib import Path

import certifi
import pytest

from detection.settings import load
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.mitmproxy_options import mitmproxy_options
from tests.proxy_addons.conftest import settings


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "origin-ca.pem").write_text("-----BEGIN CERTIFICATE-----\nschool\n")
    return tmp_path


def given(file):
    return mitmproxy_options(load(file, GatewaySettings), Path("/ca/current"))


def test_origins_must_prove_themselves_and_connections_wait_for_the_client(folder):
    options = given(settings(folder, "http://127.0.0.1:1", {}))
    assert options["ssl_insecure"] is False
    assert options["connection_strategy"] == "lazy"
    assert options["confdir"] == "/ca/current"
    assert options["upstream_cert"] is False


def test_an_origins_authority_is_trusted_besides_the_public_ones(folder):
    trusted = given(settings(folder, "http://127.0.0.1:1", {}))["ssl_verify_upstream_trusted_ca"]
    text = Path(trusted).read_text()
    assert "school" in text
    assert Path(certifi.where()).read_text() in text


def test_without_one_the_public_ones_are_trusted(folder):
    file = settings(folder, "http://127.0.0.1:1", {})
    file.write_text(file.read_text().replace('origin_ca = "origin-ca.pem"\n', ""))
    assert given(file)["ssl_verify_upstream_trusted_ca"] == certifi.where()


def test_a_missing_authority_file_stops_the_start(folder):
    (folder / "origin-ca.pem").unlink()
    with pytest.raises(OSError, match="origin-ca"):
        given(settings(folder, "http://127.0.0.1:1", {}))
