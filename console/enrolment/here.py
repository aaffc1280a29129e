"""Which network a request came from: by the box's own address it was sent to, else by the device's."""

import ipaddress

from console.enrolment.settings import EnrolmentSettings, Network


def network_of(settings: EnrolmentSettings, asked: str, asking: str) -> Network:
    """``asked``: the address of the box; a device behind a router of the school's has one of another network."""
    own, device = _address(asked), _address(asking)
    for network in settings.network:
        if own in {interface.ip for interface in network.interfaces}:
            return network
    for network in settings.network:
        if device and any(device in interface.network for interface in network.interfaces):
            return network
    return settings.network[0]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None) or found
