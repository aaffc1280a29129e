"""What a person reads, and what their device does, in each network."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from console.enrolment.application import create_app
from console.enrolment.root_certificate import load_root
from console.enrolment.settings import Network
from console.enrolment.systems import SYSTEMS
from tests.console.enrolment.schools import HOSTNAME, settings


@pytest.fixture
def visitor(tmp_path: Path) -> FlaskClient:
    return create_app(settings(tmp_path)).test_client()


def seen(visitor: FlaskClient, address: str, *, box: str = "10.20.0.1", browser: str = "") -> TestResponse:
    return visitor.get(address, environ_overrides={"SERVER_NAME": box}, headers={"User-Agent": browser})


def test_the_first_page_says_what_is_read_by_whom_and_whom_to_ask(visitor: FlaskClient) -> None:
    page = seen(visitor, "/").text
    for words in ("The school reads what goes through", "Hillside School", "Priya Shah", "Childline", "0800 1111"):
        assert words in page
    assert f'data-check="trust-check.{HOSTNAME}"' in page


def test_where_only_names_are_counted_the_page_says_so_and_checks_nothing(visitor: FlaskClient) -> None:
    page = seen(visitor, "/", box="10.30.0.1").text
    assert "Nothing has to be set up on it" in page
    assert "keeps" not in page
    assert "nothing is kept about any one person" in page
    assert "enrolment.js" not in page


def test_where_reading_is_not_agreed_yet_the_page_says_so(tmp_path: Path) -> None:
    school = settings(tmp_path, network=(Network(name="pupils", address="10.20.0.1/16", reads="nothing"),))
    assert "reads nothing in this network at present" in seen(create_app(school).test_client(), "/").text


def test_the_page_follows_what_the_firewall_goes_by(tmp_path: Path) -> None:
    school = settings(tmp_path, states=tmp_path / "networks.toml")
    visitor = create_app(school).test_client()
    for reading, words in (("off", "reads nothing in this network"), ("read", "The school reads what goes through")):
        (tmp_path / "networks.toml").write_text(f'[[network]]\nname = "pupils"\nreading = "{reading}"\n')
        assert words in seen(visitor, "/").text


def test_without_scripts_the_state_is_shown_too(visitor: FlaskClient) -> None:
    inside = seen(visitor, "/").text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert f'data="https://trust-check.{HOSTNAME}/state.svg"' in inside
    assert "Not yet: this device does not trust" in inside


def test_the_likeliest_system_comes_first_and_all_are_there(visitor: FlaskClient) -> None:
    page = seen(visitor, "/set-up", browser="Mozilla/5.0 (Linux; Android 14; K)").text
    positions = [page.index(f"/set-up/{system.key}") for system in SYSTEMS]
    assert min(positions) == page.index("/set-up/android")


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.key)
def test_each_system_has_its_steps_a_download_and_the_fingerprint(
    tmp_path: Path, visitor: FlaskClient, system: object
) -> None:
    page = seen(visitor, f"/set-up/{system.key}").text  # type: ignore[attr-defined]
    fingerprint = load_root(tmp_path / "root.pem").sha256
    assert '<a class="button" href="/certificate/' in page
    assert " ".join(fingerprint[i : i + 4] for i in range(0, 64, 4)) in page


def test_what_android_cannot_do_is_said(visitor: FlaskClient) -> None:
    assert "most apps ignore certificates" in seen(visitor, "/set-up/android").text


def test_the_notice_is_shown_as_written(visitor: FlaskClient) -> None:
    page = seen(visitor, "/notice").text
    assert "We read what goes through this network.</p>" in page
    assert "&lt;b&gt;Ask&lt;/b&gt;" in page


def test_a_notice_elsewhere_is_led_to(tmp_path: Path) -> None:
    school = settings(tmp_path, notice=None, notice_url="https://hillside.test/notice")
    answer = seen(create_app(school).test_client(), "/notice")
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://hillside.test/notice")


def test_the_sheet_for_the_office_has_the_fingerprint_and_the_address(visitor: FlaskClient) -> None:
    page = seen(visitor, "/sheet").text
    assert f"http://{HOSTNAME}/" in page
    assert "1 September 2036" in page or "31 August 2036" in page


@pytest.mark.parametrize("address", ["/proxy.pac", "/wpad.dat"])
def test_each_network_has_its_own_pac_file(visitor: FlaskClient, address: str) -> None:
    pupils, guests = seen(visitor, address), seen(visitor, address, box="10.30.0.1")
    assert pupils.content_type == "application/x-ns-proxy-autoconfig"
    assert "PROXY 10.20.0.1:3128; DIRECT" in pupils.text
    assert "PROXY" not in guests.text


def test_the_name_check_is_answered_for_any_page(visitor: FlaskClient) -> None:
    answer = seen(visitor, "/reached.svg?123")
    assert (answer.content_type, answer.headers["Cross-Origin-Resource-Policy"]) == ("image/svg+xml", "cross-origin")
