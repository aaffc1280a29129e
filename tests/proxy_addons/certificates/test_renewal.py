import json
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import urllib3
from cryptography import x509

from detection.settings import load
from proxy_addons.certificates import root_key
from proxy_addons.certificates.authority import authority, issue, root
from proxy_addons.certificates.constraints import excluded_by, excluded_domains
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.renewal import Renewal
from proxy_addons.gateway_settings import GatewaySettings
from tests.proxy_addons.conftest import gateway, settings
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer


class Clock:
    def __init__(self):
        self.now = datetime(2026, 9, 1, 8, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def config(tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "own.toml").write_text("")
    return load(settings(tmp_path, "http://127.0.0.1:1", {}, bypass="own.toml"), GatewaySettings)


def test_a_worker_renews_what_ages_and_what_the_schools_list_has_outrun(config):
    clock = Clock()
    renewal = Renewal(config, clock)
    assert renewal.status() == {}
    first = renewal.confdir()
    clock.now += timedelta(days=1)
    assert renewal.confdir() == first
    config.bypass.write_text('[[group]]\nreason = "bank"\nwhy = "Money."\ndomains = ["own-bank.test"]\n')
    clock.now += timedelta(minutes=1)
    second = renewal.confdir()
    assert second != first
    assert "own-bank.test" in excluded_by(
        x509.load_pem_x509_certificates((second / "mitmproxy-ca.pem").read_bytes())[0]
    )
    clock.now += timedelta(days=306)
    assert renewal.confdir() not in (first, second)
    assert renewal.status()["expires"] == (clock.now + timedelta(days=365)).isoformat()


def test_what_another_worker_renewed_is_seen_at_once(config):
    clock = Clock()
    one, other = Renewal(config, clock), Renewal(config, clock)
    assert one.confdir() == other.confdir()
    folder = Folder(config.state / "authority")
    issue(folder, root_key.load(folder.root_key, root(folder)), "Hillside", clock.now, excluded_domains())
    assert one.confdir() == other.confdir() == folder.current()


def test_a_running_gateway_takes_up_the_next_one_and_drops_no_connection(tmp_path):
    with gateway(tmp_path) as running:
        running.web.answers["/"] = Answer(b"<p>Rivers of Wales</p>")
        folder = Folder(tmp_path / "state" / "authority")
        before = folder.intermediate()
        open_ = running.browser()
        assert open_.request("GET", "https://forum.test/").status == 200
        assert issuer(running) == before.subject.rfc4514_string()

        issue(folder, root_key.load(folder.root_key, root(folder)), "Next year", datetime.now(UTC), excluded_domains())
        eventually(lambda: issuer(running) == folder.intermediate().subject.rfc4514_string())
        assert folder.intermediate() != before
        assert open_.request("GET", "https://forum.test/").data == b"<p>Rivers of Wales</p>"
        assert open_.connection_from_url("https://forum.test/").num_connections == 1


def test_a_gateway_runs_with_the_intermediate_alone(tmp_path):
    folder = Folder(tmp_path / "state" / "authority")
    authority(folder.path, "Hillside", datetime.now(UTC), excluded_domains())
    root_key.take_off(folder, tmp_path / "stick.pem", b"correct horse battery")
    with gateway(tmp_path) as running:
        assert issuer(running) == folder.intermediate().subject.rfc4514_string()
        status = tmp_path / "state" / "status.json"
        eventually(lambda: status.exists())
        assert json.loads(status.read_text())["authority"]["root_key"] == "away"
    assert root_key.place(folder) == "away"


def issuer(running):
    """Who signed what a new connection sees, and whether a browser that knows only the root takes it."""
    context = ssl.create_default_context(cafile=str(running.root))
    browser = urllib3.ProxyManager(running.proxy, ssl_context=context, retries=False, timeout=60)
    answer = browser.request("GET", "https://forum.test/", preload_content=False)
    seen = answer.connection.sock.getpeercert(binary_form=True)
    answer.read()
    return x509.load_der_x509_certificate(seen).issuer.rfc4514_string()
