"""From an Ethernet frame, and what is put before its contents on the way (VLAN, MPLS, PPP), to what it carries."""

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place, Step, two

SHORTEST_TYPE = 0x600
"""Below it, an ethertype is a length."""
_SNAP = b"\xaa\xaa\x03"
_LLC_IP = b"\x06\x06\x03"
_PPP_CARRIES = {0x0021: kinds.IP4, 0x0057: kinds.IP6, 0x0281: kinds.MPLS}
_PPP_CLOSED = {
    0x002D: "PPP, headers compressed",
    0x002F: "PPP, headers compressed",
    0x003D: "PPP, in pieces over several links",
    0x00FD: "PPP, compressed or encrypted",
}


def _ethernet(data: bytes, offset: int) -> Place:
    kind = two(data, offset + 12)
    return kinds.LLC if kind < SHORTEST_TYPE else kind, offset + 14


def _llc(data: bytes, offset: int) -> Place:
    begins = data[offset : offset + 3]
    if begins == _SNAP:
        return two(data, offset + 6), offset + 8
    return (kinds.IP4 if begins == _LLC_IP else kinds.NOTHING_KNOWN), offset + 3


def _vlan(data: bytes, offset: int) -> Place:
    kind = two(data, offset + 2)
    return kinds.LLC if kind < SHORTEST_TYPE else kind, offset + 4


def _mpls(data: bytes, offset: int) -> Place:
    """Nothing says what follows the last label, but its first half byte does."""
    while not data[offset + 2] & 1:
        offset += 4
    offset += 4
    version = data[offset] >> 4
    if version in (4, 6):
        return kinds.IP4 if version == 4 else kinds.IP6, offset
    return kinds.ETHERNET, offset + (0 if version else 4)  # a word of control before it begins with zero


def _pppoe(data: bytes, offset: int) -> Place:
    return kinds.PPP, offset + 6


def _ppp(data: bytes, offset: int) -> Place:
    """Address and control, and the protocol's first byte where it is zero, may be left out."""
    if data[offset] == 0xFF:
        offset += 2
    protocol, size = (data[offset], 1) if data[offset] & 1 else (two(data, offset), 2)
    if reason := _PPP_CLOSED.get(protocol):
        raise NotReadable(reason)
    return _PPP_CARRIES.get(protocol, kinds.NOTHING_KNOWN), offset + size


def _backbone(data: bytes, offset: int) -> Place:
    """A provider's number for the customer, then the customer's frame."""
    return kinds.ETHERNET, offset + 4


STEPS: dict[int, Step] = {
    kinds.ETHERNET: _ethernet,
    kinds.BRIDGED: _ethernet,
    kinds.LLC: _llc,
    kinds.VLAN: _vlan,
    kinds.VLAN_SERVICE: _vlan,
    kinds.VLAN_OLD: _vlan,
    kinds.VLAN_OLDER: _vlan,
    kinds.VLAN_OLDEST: _vlan,
    kinds.MPLS: _mpls,
    kinds.MPLS_MULTICAST: _mpls,
    kinds.PPPOE: _pppoe,
    kinds.PPP: _ppp,
    kinds.PPP_IN_GRE: _ppp,
    kinds.BACKBONE: _backbone,
}
