"""What the gateway's settings say of each network's clients, as it follows from the box's."""

from collections.abc import Collection
from ipaddress import ip_interface

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Answer, Kind, Network

LOOPBACK = "127.0.0.1"
"""Where the box's own dnsmasq answers its workers: what a client was told a moment ago is remembered there."""


def resolvers(box: Box) -> list[str]:
    """``resolvers`` of the gateway's settings."""
    return [LOOPBACK, *box.resolvers]


def names_only(box: Box, signed: Collection[str] = ()) -> list[str]:
    """``names_only``: networks of people's own devices and of guests, but for those a named person has signed for."""
    closed = (network for network in box.network if network.kind != Kind.MANAGED and network.name not in signed)
    return [each for network in closed for each in clients(network)]


def undecryptable(box: Box) -> dict[str, str]:
    """``undecryptable``, a table."""
    told = (network for network in box.network if network.undecryptable != Answer.PASS)
    return {each: network.undecryptable for network in told for each in clients(network)}


def clients(network: Network) -> list[str]:
    """Where its devices are."""
    return [str(ip_interface(each).network) for each in (network.address, network.address6) if each]
