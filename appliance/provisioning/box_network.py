"""One of the networks a box stands in: its devices, its addresses there, and what is done with what cannot be read."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from appliance.provisioning.said_values import CARD_NAME, must, must_be_interface

NETWORK_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


class Kind(StrEnum):
    MANAGED = "managed"
    """The school's own devices, which trust the school's root."""
    BYOD = "byod"
    """Devices of pupils and staff."""
    GUEST = "guest"


class Answer(StrEnum):
    """What is done with what cannot be read."""

    PASS = "pass"  # noqa: S105 - a policy, no password
    ALERT = "alert"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    name: str
    interface: str
    """The box's card or VLAN in this network."""
    address: str
    """The box's own IPv4 address there, with the prefix length: "10.20.0.1/16"."""
    address6: str = ""
    shared: str = ""
    """Where two boxes stand side by side: the IPv4 address that devices use, which the one that works has."""
    kind: str = Kind.MANAGED
    percent: int = 100
    """So many of a hundred devices are read; for a careful start."""
    clear_ports: tuple[int, ...] = ()
    """Ports of clear messaging that are read as well as 80 and 443: 25, 143, 6667, …"""
    tunnels: str = Answer.ALERT
    """VPN, Tor, SSH, WireGuard and other ports that hide what they carry."""
    undecryptable: str = Answer.PASS
    """What on port 443 cannot be opened."""
    proxy: bool = True
    """Whether devices here may also use the box as their proxy (PAC, WPAD): Chromebooks, iPads."""

    def __post_init__(self) -> None:
        must(NETWORK_NAME.fullmatch(self.name), f"name {self.name!r}: small letters, digits and hyphens, at most 31")
        must(CARD_NAME.fullmatch(self.interface), f"interface {self.interface!r} cannot name a card")
        must_be_interface(self.address, 4, "address")
        if self.address6:
            must_be_interface(self.address6, 6, "address6")
        if self.shared:
            inside = ipaddress.ip_interface(self.address)
            given = ipaddress.ip_address(self.shared)
            must(given in inside.network and given != inside.ip, "shared must be another address of the network")
        for name, kind in (("kind", Kind), ("tunnels", Answer), ("undecryptable", Answer)):
            known = [str(each) for each in kind]
            must(getattr(self, name) in known, f"{name} must be one of {', '.join(known)}")
        must(0 <= self.percent <= 100, "percent must lie between 0 and 100")
        must(all(0 < port < 65536 for port in self.clear_ports), "clear_ports must lie between 1 and 65535")
