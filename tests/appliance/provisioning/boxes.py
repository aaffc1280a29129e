"""Boxes for tests of what is rendered from one."""

from typing import Any

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network


def network(**more: Any) -> Network:
    return Network(
        **{"name": "pupils", "interface": "eth1", "address": "192.0.2.1/24", "address6": "2001:db8:1::1/64", **more}
    )


def guests(**more: Any) -> Network:
    return network(
        **{"name": "guest-wifi", "interface": "eth2.30", "address": "198.51.100.1/24", "address6": "", **more}
    )


def box(*networks: Network, **more: Any) -> Box:
    usual = {"school": "Hill School", "hostname": "gatehouse.hill.example", "outside": "eth0"}
    return Box(**{**usual, "network": networks or (network(), guests()), **more})
