"""Ports and protocols have names that a network manager knows."""

import pytest

from proxy_addons.supervisor.tunnels import tunnel_name


@pytest.mark.parametrize(
    ("protocol", "port", "name"),
    [
        ("udp", 51820, "wireguard"),
        ("tcp", 1194, "openvpn"),
        ("udp", 500, "ipsec"),
        ("esp", 0, "ipsec"),
        ("tcp", 9001, "tor"),
        ("tcp", 22, "ssh"),
        ("tcp", 4444, "odd-port"),
        ("sctp", 0, "odd-protocol"),
    ],
)
def test_each_has_a_name(protocol, port, name):
    assert tunnel_name(protocol, port) == name
