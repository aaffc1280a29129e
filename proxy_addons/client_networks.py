"""What is set for the networks that clients are in, by their addresses."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network


class ClientNetworks:
    def __init__(self, networks: Mapping[str, str]) -> None:
        """Network ("10.20.0.0/16", "2001:db8::/32") to what is set for it; ValueError if one is none."""
        parsed = ((ip_network(network), value) for network, value in networks.items())
        self._networks = sorted(parsed, key=lambda one: -one[0].prefixlen)

    def of(self, address: str) -> str | None:
        """What is set for the smallest network that this address is in."""
        if not self._networks:
            return None
        try:
            client = ip_address(address)
        except ValueError:
            return None
        return next((value for network, value in self._networks if client in network), None)
