"""The PAC file says what it should in a real browser's own language engine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from console.enrolment.proxy_auto_config import proxy_auto_config
from tests.console.enrolment.schools import GUESTS, PUPILS, settings
from tests.console.visiting import CHROMIUM, chromium_running

PROXY = "PROXY 10.20.0.1:3128; DIRECT"
FUNCTIONS = """
  const number = (text) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const isInNet = (host, net, mask) => {
    if (!/^\\d+(\\.\\d+){3}$/.test(host)) throw new Error("would be looked up: " + host);
    return (number(host) & number(mask)) === (number(net) & number(mask));
  };
  const dnsDomainIs = (host, domain) => host.endsWith(domain);
"""
"""As every browser gives them; a name would be looked up by isInNet, which must not happen."""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium's headless shell")
    with chromium_running() as browser:
        yield browser.new_page()


def said(page: Page, pac: str, host: str) -> object:
    return page.evaluate(f'() => {{ {FUNCTIONS} {pac}; return FindProxyForURL("https://x/", {json.dumps(host)}); }}')


@pytest.mark.parametrize(
    ("host", "way"),
    [
        ("www.example.test", PROXY),
        ("GATEHOUSE.hillside.test", "DIRECT"),
        ("trust-check.gatehouse.hillside.test.", "DIRECT"),
        ("notgatehouse.hillside.test", PROXY),
        ("gatehouse.hillside.test.evil.test", PROXY),
        ("updates.vendor.test", "DIRECT"),
        ("printer", "DIRECT"),
        ("127.0.0.1", "DIRECT"),
        ("10.99.1.2", "DIRECT"),
        ("172.31.0.9", "DIRECT"),
        ("172.32.0.9", PROXY),
        ("192.168.4.4", "DIRECT"),
        ("198.51.100.7", PROXY),
        ("10.example.test", PROXY),
        ("::1", "DIRECT"),
        ("[fe80::1]", "DIRECT"),
        ("fd00::7", "DIRECT"),
        ("2001:db8::7", PROXY),
    ],
)
def test_near_goes_straight_and_far_through_the_box(tmp_path: Path, page: Page, host: str, way: str) -> None:
    school = settings(tmp_path, direct=("vendor.test",))
    assert said(page, proxy_auto_config(school, PUPILS), host) == way


def test_a_network_without_proxy_goes_straight(tmp_path: Path, page: Page) -> None:
    assert said(page, proxy_auto_config(settings(tmp_path), GUESTS), "www.example.test") == "DIRECT"


def test_where_it_must_fail_closed_there_is_no_way_past(tmp_path: Path, page: Page) -> None:
    school = settings(tmp_path, fail_open=False)
    assert said(page, proxy_auto_config(school, PUPILS), "www.example.test") == "PROXY 10.20.0.1:3128"


def test_over_tls_the_proxy_is_known_by_its_name(tmp_path: Path, page: Page) -> None:
    way = said(page, proxy_auto_config(settings(tmp_path, proxy_tls=True), PUPILS), "www.example.test")
    assert way == "HTTPS gatehouse.hillside.test:3128; DIRECT"


def test_where_nothing_is_read_there_is_always_a_way_past(tmp_path: Path, page: Page) -> None:
    unread = replace(PUPILS, reads="nothing")
    assert said(page, proxy_auto_config(settings(tmp_path, fail_open=False), unread), "www.example.test") == PROXY


def test_a_schools_name_is_no_program(tmp_path: Path, page: Page) -> None:
    school = settings(tmp_path, school='Hill\nfunction FindProxyForURL() { return "evil"; } // "\u2028x')
    assert said(page, proxy_auto_config(school, PUPILS), "www.example.test") == PROXY
