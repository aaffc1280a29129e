"""Files of systemd-networkd for the cards of the school's networks. The card that leads outside is left as it is."""

import ipaddress

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network

FOLDER = "/etc/systemd/network"


def files(box: Box) -> dict[str, str]:
    """Path and text. A name such as eth1.20 is a VLAN of eth1, and made as such."""
    made = dict[str, str]()
    for network in box.network:
        made[f"{FOLDER}/50-gatehouse-{network.name}.network"] = _network(network, _carried(network.interface, box))
        _, number = _vlan(network.interface)
        if number:
            made[f"{FOLDER}/50-gatehouse-{network.name}.netdev"] = _netdev(network.interface, number)
    for card in sorted({card for card, number in map(_vlan, (n.interface for n in box.network)) if number}):
        if card != box.outside and card not in {n.interface for n in box.network}:
            made[f"{FOLDER}/50-gatehouse-{card}.network"] = _carrier(card, box)
    return made


def cards(box: Box) -> list[str]:
    """Those the machine must have; a VLAN's own card is made."""
    return sorted({box.outside, *(_vlan(network.interface)[0] for network in box.network)})


def _network(network: Network, carried: list[str]) -> str:
    addresses = [network.address, *([network.address6] if network.address6 else [])]
    lines = [
        f"# The network {network.name}. Written by gatehouse provision from box.toml.",
        "[Match]",
        f"Name={network.interface}",
        "",
        "[Link]",
        "RequiredForOnline=no",
        "",
        "[Network]",
        *(f"Address={address}" for address in addresses),
        "DHCP=no",
        "LinkLocalAddressing=ipv6",
        "IPv6AcceptRA=no",
        # The address stays where no cable is, or what listens on it could not start.
        "ConfigureWithoutCarrier=yes",
        *carried,
    ]
    if network.address6:
        lines += ["IPv6SendRA=yes", "", *_advertisement(network.address6)]
    return "\n".join(lines) + "\n"


def _advertisement(address6: str) -> list[str]:
    given = ipaddress.IPv6Interface(address6)
    return ["[IPv6SendRA]", "EmitDNS=yes", f"DNS={given.ip}", "", "[IPv6Prefix]", f"Prefix={given.network}"]


def _netdev(interface: str, number: str) -> str:
    return f"[NetDev]\nName={interface}\nKind=vlan\n\n[VLAN]\nId={number}\n"


def _carrier(card: str, box: Box) -> str:
    """A card that only carries VLANs."""
    lines = ["[Match]", f"Name={card}", "", "[Link]", "RequiredForOnline=no", "", "[Network]", "DHCP=no"]
    lines += ["LinkLocalAddressing=no", "IPv6AcceptRA=no", "ConfigureWithoutCarrier=yes", *_carried(card, box)]
    return "\n".join(lines) + "\n"


def _carried(card: str, box: Box) -> list[str]:
    names = [network.interface for network in box.network]
    return [f"VLAN={name}" for name in names if name != card and _vlan(name)[0] == card]


def _vlan(interface: str) -> tuple[str, str]:
    card, _, number = interface.partition(".")
    return (card, number) if number.isdigit() else (interface, "")
