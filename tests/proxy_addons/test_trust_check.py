import json

import pytest
import urllib3
from mitmproxy.exceptions import AddonHalt
from mitmproxy.test import tflow
from mitmproxy.tls import TlsData

from proxy_addons.trust_check import TrustCheck
from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.factories import flow, hello

NAME = "gatehouse.school.test"
HOST = f"trust-check.{NAME}"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def answered(asked):
    with pytest.raises(AddonHalt):
        TrustCheck(NAME).requestheaders(asked)
    return asked


@pytest.mark.parametrize("mode", ["regular", "transparent"])
@pytest.mark.parametrize(
    ("path", "kind", "within"),
    [
        ("state.json", "application/json", b'{"trusted": true}'),
        ("state.svg?again", "image/svg+xml", b"<svg"),
        ("", "text/html", b"trusts the school"),
    ],
)
def test_whoever_trusts_the_certificate_is_told_so(mode, path, kind, within):
    made = answered(flow(url=f"https://{HOST}/{path}", mode=mode, host=HOST)).response
    assert made.headers["content-type"].startswith(kind)
    assert within in made.content
    assert made.headers["access-control-allow-origin"] == f"http://{NAME}"


def test_a_refusal_is_no_sign_of_a_pinned_app():
    client = tflow.tclient_conn()
    client.sni = HOST
    with pytest.raises(AddonHalt):
        TrustCheck(NAME).tls_failed_client(TlsData(client, None))
    client.sni = "forum.test"
    TrustCheck(NAME).tls_failed_client(TlsData(client, None))


def test_it_is_opened_whatever_a_list_says():
    with pytest.raises(AddonHalt):
        TrustCheck(NAME).tls_clienthello(hello(HOST, mode="transparent"))
    TrustCheck(NAME).tls_clienthello(hello("forum.test", mode="transparent"))


def test_a_browser_that_tries_https_first_is_led_to_the_page():
    made = answered(flow(url=f"https://{NAME}/notice", mode="transparent", host=NAME)).response
    assert (made.status_code, made.headers["location"]) == (302, f"http://{NAME}/")


@pytest.mark.parametrize(
    "asked",
    [
        flow(url="https://forum.test/", host="forum.test"),
        flow(url=f"http://{HOST}/", host=HOST),
        flow(url=f"https://{NAME}/", host=NAME),
        flow(url=f"https://{HOST}.evil.test/", host=f"{HOST}.evil.test"),
    ],
)
def test_all_else_goes_on(asked):
    TrustCheck(NAME).requestheaders(asked)
    assert asked.response is None


def test_a_box_without_a_name_answers_nothing():
    asked = flow(url="https://trust-check./", host="trust-check.")
    TrustCheck("").requestheaders(asked)
    TrustCheck("").tls_clienthello(hello(None, mode="transparent"))
    assert asked.response is None


def test_what_nobody_checks_with_is_not_answered():
    assert answered(flow(url=f"https://{HOST}/", method="POST", host=HOST)).error


def test_a_real_gateway_answers_and_counts_nothing(tmp_path):
    with gateway(tmp_path, hostname=NAME, console_hosts=[NAME]) as running:
        trusting, other = running.browser(), urllib3.ProxyManager(running.proxy, retries=False)
        assert json.loads(trusting.request("GET", f"https://{HOST}/state.json").data) == {"trusted": True}
        with pytest.raises(urllib3.exceptions.SSLError):
            other.request("GET", f"https://{HOST}/state.json")
        with pytest.raises(urllib3.exceptions.HTTPError):
            trusting.request("POST", f"https://{HOST}/state.json", body=b"x" * (6 << 20))
        trusting.request("GET", "https://forum.test/", headers=BROWSER)
        running.process.terminate()
        running.process.wait(60)
        status = json.loads((running.folder / "state" / "status.json").read_text())
    assert (status["flows"], status["unread"], status["bypassed"], status["faults"]) == (1, {}, {}, {})
