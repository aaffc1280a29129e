"""Ways out of the network that a firewall named for a device, and what each counts for."""

from collections.abc import Mapping
from dataclasses import dataclass

from detection.matcher import Match
from detection.observation import Channel, Observation
from detection.way_round import way_round


@dataclass(frozen=True, slots=True)
class Tunnel:
    what: str
    """In words."""
    severity: int


_VPN = Tunnel("a VPN", 2)
_HIDDEN = Tunnel("lookups that are hidden from the school", 1)
KNOWN: Mapping[str, Tunnel] = {
    "tor": Tunnel("the Tor network", 2),
    "wireguard": _VPN,
    "openvpn": _VPN,
    "ipsec": _VPN,
    "l2tp": _VPN,
    "pptp": _VPN,
    "gre": Tunnel("a tunnel between networks", 2),
    "socks": Tunnel("a proxy elsewhere", 2),
    "ssh": Tunnel("a remote computer’s shell, through which anything can be led", 2),
    "remote-desktop": Tunnel("another computer’s screen", 2),
    "dns-over-tls": _HIDDEN,
    "dns-over-quic": _HIDDEN,
    "dns-over-https": _HIDDEN,
}
"""An odd port is none of these: it is counted, and nobody is told of a person."""


def find(observation: Observation) -> list[Match]:
    """As a phrase that stands for the whole. Who it was only the address tells: it may have been a program alone."""
    if observation.channel is not Channel.TUNNEL or not (found := KNOWN.get(observation.text)):
        return []
    return way_round(
        observation, "tunnel", text=observation.text, severity=found.severity, did=f"The device used {found.what}"
    )
