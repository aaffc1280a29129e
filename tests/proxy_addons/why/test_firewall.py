"""The real firewall, in a namespace of its own."""

import os
import subprocess
import sys

import pytest

from proxy_addons.why.firewall import network_of
from tests.networks import why_not

NAME = f"list-{os.getpid()}"
RULES = """
table inet gatehouse {
    set reading { type ifname; elements = { "pupils" } }
    set names_only { type ifname; elements = { "guests" } }
    set paused { type ifname; flags timeout; elements = { "pupils" timeout 30m } }
}
"""
ASK = "import sys; from proxy_addons.why.firewall import network_of; print(network_of(sys.argv[1]))"


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@pytest.fixture
def box():
    """Two networks at two cards."""
    if reason := why_not():
        pytest.skip(reason)
    _ip("netns", "add", NAME)
    try:
        for card, address in (("pupils", "10.20.0.1/16"), ("guests", "10.40.0.1/16"), ("others", "10.50.0.1/16")):
            _ip("-n", NAME, "link", "add", card, "type", "veth", "peer", "name", f"{card}-far")
            _ip("-n", NAME, "link", "set", f"{card}-far", "up")
            _ip("-n", NAME, "address", "add", address, "dev", card)
            _ip("-n", NAME, "link", "set", card, "up")
        subprocess.run(["ip", "netns", "exec", NAME, "nft", "-f", "-"], input=RULES, text=True, check=True)
        yield lambda address: subprocess.run(
            ["ip", "netns", "exec", NAME, sys.executable, "-c", ASK, address],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    finally:
        _ip("netns", "delete", NAME)


def test_a_clients_network_is_told_as_the_firewall_has_it_now(box):
    paused = box("10.20.3.4")
    assert paused.startswith("NetworkNow(card='pupils', reading=True, names_only=False, paused_for=")
    assert 1700 < int(paused.rpartition("=")[2].rstrip(")")) <= 1800
    assert box("10.40.3.4") == "NetworkNow(card='guests', reading=False, names_only=True, paused_for=None)"
    assert box("10.50.3.4") == "NetworkNow(card='others', reading=False, names_only=False, paused_for=None)"


def test_where_there_is_no_such_firewall_nothing_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert network_of("no address") is None
