"""The real nft, in a network namespace of its own."""

import os
import secrets
import subprocess

import pytest

from proxy_addons.supervisor.firewall import Firewall, FirewallError, Ports, Seen
from tests.networks import needs_own_network

pytestmark = needs_own_network
TABLE = """
table inet gatehouse {
    map workers { type mark : inet_service; }
    map proxies { type mark : inet_service; }
    counter pupils-missed { packets 3 bytes 180 }
    set tunnels4 { type ipv4_addr . inet_proto . inet_service; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 192.0.2.10 . udp . 51820 counter packets 4 bytes 0 } }
    set tunnels6 { type ipv6_addr . inet_proto . inet_service; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 2001:db8::10 . tcp . 22 counter packets 1 bytes 0 } }
    set protocols4 { type ipv4_addr . inet_proto; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 192.0.2.11 . esp counter packets 9 bytes 0 } }
    set protocols6 { type ipv6_addr . inet_proto; flags dynamic,timeout; timeout 1h; size 65535; counter; }
}
"""


@pytest.fixture
def firewall(tmp_path, monkeypatch):
    """``nft`` on the path is one that works in the namespace."""
    name = f"gh-{os.getpid()}-{secrets.token_hex(2)}-nft"
    subprocess.run(["ip", "netns", "add", name], check=True)
    command = tmp_path / "nft"
    command.write_text(f'#!/bin/sh\nexec ip netns exec {name} /usr/sbin/nft "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield Firewall("inet gatehouse")
    subprocess.run(["ip", "netns", "delete", name], check=True)


@pytest.fixture
def loaded(firewall):
    subprocess.run(["nft", "-f", "-"], input=TABLE, text=True, check=True)
    return firewall


def test_slots_lead_where_they_were_last_pointed_and_nowhere_else(loaded):
    assert loaded.pointing() == {}
    for slots in ({0: Ports(8081, 8481), 1: Ports(8082, 8482)}, {1: Ports(8083, 8483)}, {0: Ports(9, 9)}, {}):
        loaded.point(slots)
        assert loaded.pointing() == slots
    loaded.point({0: Ports(8081, 0)})
    assert loaded.pointing() == {0: Ports(8081, 0)}


def test_it_tells_what_it_has_counted_and_whom_it_saw(loaded):
    assert loaded.counters() == {"pupils-missed": 3}
    assert loaded.seen() == [
        Seen(device="192.0.2.10", protocol="udp", port=51820, times=4),
        Seen(device="2001:db8::10", protocol="tcp", port=22, times=1),
        Seen(device="192.0.2.11", protocol="esp", port=0, times=9),
    ]


def test_without_its_table_it_says_so_in_one_line(firewall):
    with pytest.raises(FirewallError, match="No such file or directory"):
        firewall.point({0: Ports(8081, 0)})
    with pytest.raises(FirewallError):
        firewall.pointing()


def test_without_nft_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FirewallError, match="nft"):
        Firewall("inet gatehouse").counters()
