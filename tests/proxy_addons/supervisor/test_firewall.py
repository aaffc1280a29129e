"""The real nft, in a network namespace of its own."""

import pytest

from proxy_addons.supervisor.firewall import Firewall, FirewallError, Ports, Seen
from tests.networks import needs_own_network

pytestmark = needs_own_network


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
