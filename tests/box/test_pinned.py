"""An app that will not be read, behind the firewall and two workers: it passes once several devices refused with it."""

import json

import pytest

from tests.appliance.deadline import eventually
from tests.box.gateway_side import box, gateway_side
from tests.box.place import GATEHOUSE
from tests.box.pupil import curl
from tests.box.town import PUPILS4, PUPILS6

APP, HOST = ("--http1.1",), "https://forum.test/"
"""curl as an app: another kind of client than curl as a browser, which asks for HTTP/2 too."""


@pytest.fixture(scope="module")
def side(town, internet, town_folder):
    with gateway_side(town, internet, town_folder / "gatehouse") as made:
        made.load(box())
        made.appliance()
        made.start()
        made.read("pupils")
        for address in (*PUPILS4[:4], *PUPILS6[:4]):
            assert browse(made, address).exit == 0
        yield made


def browse(side, address, url="https://web.test/"):
    """On a device that trusts the school's root."""
    return curl(side.town.pupils, url, side.root, address=address)


def use_app(side, address, url=HOST):
    """It trusts its maker's authority alone."""
    return curl(side.town.pupils, url, side.internet.ca, address=address, more=APP).exit


def gatehouse(side, *arguments):
    return side.town.gateway.run(GATEHOUSE, *arguments, "--config", side.config).stdout


def test_it_passes_for_the_app_after_three_devices_and_a_browser_is_read_as_before(side):
    for address in PUPILS4[:3]:
        assert [use_app(side, address) for _ in range(2)] == [60, 60]
    eventually(lambda: use_app(side, PUPILS4[3]) == 0)
    assert use_app(side, PUPILS6[3]) == 0
    assert browse(side, PUPILS4[3], HOST).exit == 0
    assert curl(side.town.pupils, HOST, side.internet.ca, address=PUPILS4[3]).exit == 60


def test_all_addresses_of_one_ipv6_network_are_one_device(side):
    for address in PUPILS6[:4]:
        assert [use_app(side, address, "https://search.test/") for _ in range(2)] == [60, 60]
    eventually(lambda: side.status().get("learned"))
    assert "search.test" not in json.dumps(side.status()["learned"])


def test_why_says_so_and_a_person_decides(side):
    told = gatehouse(side, "why", "forum.test", "--client", PUPILS4[0])
    assert "It passes unread for clients of kind" in told
    assert "Nobody has confirmed that" in told
    assert f"A client of that kind was seen at {PUPILS4[0]}." in told
    side.nft('add element inet gatehouse paused { "pupils" timeout 60s }')
    assert "The network at pupils is paused" in gatehouse(side, "why", "forum.test", "--client", PUPILS4[0])
    side.nft("flush set inet gatehouse paused")
    gatehouse(side, "bypass", "refuse", "forum.test", "--why", "Pupils write there.", "--by", "dsl")
    eventually(lambda: use_app(side, PUPILS4[3]) == 60)
    assert "dsl decided so" in gatehouse(side, "why", "forum.test")
    gatehouse(side, "bypass", "confirm", "forum.test", "--why", "It is homework.", "--by", "dsl")
    eventually(lambda: use_app(side, PUPILS4[3]) == 0)
