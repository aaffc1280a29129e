"""How the firewall's rules write cards, networks and counters."""

from collections.abc import Iterable

from appliance.provisioning.box_network import Network

TABLE = "inet gatehouse"
TO_BE_READ = "0x4748"
"""The mark of a connection of a device that is read: what carries it and reaches the outside was not."""
OWN_TO_ANSWER = "0x4749"
"""That of a connection to the box itself which a worker answers: the trust check."""
COUNTED = ("connections", "passed", "quic", "ordinary", "tunnels", "missed")
"""For each network, in connections begun: all; those past the proxy; refused QUIC; ports that are known and unread;
ports and protocols that may hide something; and what should have been read and found no worker."""


def counter(network: Network, what: str) -> str:
    return f"{network.name}-{what}"


def cards(networks: Iterable[Network]) -> str:
    """As a set of nft: ``{ "eth1", "eth2" }``."""
    return f"{{ {', '.join(quoted(network.interface) for network in networks)} }}"


def counted(networks: Iterable[Network], what: str) -> str:
    """Count for the network that a packet came from."""
    pairs = (f'{quoted(network.interface)} : "{counter(network, what)}"' for network in networks)
    return f"counter name iifname map {{ {', '.join(pairs)} }}"


def quoted(interface: str) -> str:
    return f'"{interface}"'


def indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
