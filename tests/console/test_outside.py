"""Who comes from outside: everybody but the school's networks and the machine itself."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from console.application import create_app
from tests.console.factories import School

ALONE = "your password alone is not enough"
NAMED = "https://console.oak.example:8443"


def knocking(school: School, **more: Any) -> FlaskClient:
    settings = replace(school.settings, public_url=NAMED, inside=("10.1.0.0/24", "fd00:1::/64"), **more)
    return create_app(settings, school.sessions, school.vault, school.clock).test_client()


def is_outside(client: FlaskClient, peer: str, **headers: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ALONE in client.get("/sign-in", headers=named, environ_base={"REMOTE_ADDR": peer}).text


@pytest.mark.parametrize(
    ("peer", "outside"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("10.1.0.7", False),
        ("::ffff:10.1.0.7", False),
        ("fd00:1::7", False),
        ("10.2.0.7", True),
        ("203.0.113.9", True),
        ("2001:db8::7", True),
        ("", True),
    ],
)
def test_it_is_told_by_the_address(school: School, peer: str, outside: bool) -> None:
    assert is_outside(knocking(school), peer) is outside


@pytest.mark.parametrize(
    ("forwarded", "outside"),
    [
        ("10.1.0.7", False),
        ("203.0.113.9", True),
        ("10.1.0.7, 203.0.113.9", True),  # the first is what the visitor claims
        ("127.0.0.1", True),
        ("nonsense", True),
    ],
)
def test_behind_a_proxy_it_is_told_by_what_the_proxy_saw(school: School, forwarded: str, outside: bool) -> None:
    assert is_outside(knocking(school, proxies=1), "127.0.0.1", X_Forwarded_For=forwarded) is outside


@pytest.mark.parametrize("header", ["X_Forwarded_For", "X_Forwarded_Host", "Forwarded", "Via"])
def test_what_something_passes_on_that_no_setting_names_is_from_outside(school: School, header: str) -> None:
    assert is_outside(knocking(school), "127.0.0.1", **{header: "10.1.0.7"})


def test_it_does_not_matter_where_no_passkey_is_required(school: School) -> None:
    assert not is_outside(knocking(school, passkeys_required="never"), "203.0.113.9")


def test_without_a_public_address_the_door_says_that_one_is_missing(school: School) -> None:
    client = create_app(
        replace(school.settings, public_url=None), school.sessions, school.vault, school.clock
    ).test_client()
    shown = client.get("/sign-in", environ_base={"REMOTE_ADDR": "203.0.113.9"}).text
    assert "your network manager has to give the console its public address" in shown
