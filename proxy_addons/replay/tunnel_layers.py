"""From an IP packet that is a tunnel (GRE, VXLAN, Geneve, Teredo, IP in IP) to what goes through it."""

from proxy_addons.replay import datagram_tunnels
from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place, Step, two

ICMP, TCP, UDP, ESP, ICMP6 = 1, 6, 17, 50, 58
_BY_PROTOCOL = {4: kinds.IP4, 41: kinds.IP6, 47: kinds.GRE, 97: kinds.ETHER_IP, 137: kinds.MPLS}
_BY_TARGET_PORT = {
    4754: kinds.GRE,
    4789: kinds.VXLAN,
    8472: kinds.VXLAN,
    4790: kinds.VXLAN_GENERIC,
    6081: kinds.GENEVE,
    6635: kinds.MPLS,
}
_BY_EITHER_PORT = {3544: kinds.TEREDO, **datagram_tunnels.PORTS}
_NOT_READ = {ICMP: "ICMP", ICMP6: "ICMP", ESP: "IPsec, encrypted"}

_CHECKSUM, _ROUTING, _KEY, _SEQUENCE, _PPTP_ACKNOWLEDGED = 0x80, 0x40, 0x20, 0x10, 0x80
_ARUBA = range(0x8200, 0x8400)
"""What the access points of one maker call the frames of 802.11 that they pass on."""
_VXLAN_CARRIES = {1: kinds.IP4, 2: kinds.IP6, 3: kinds.ETHERNET, 5: kinds.MPLS}
_ERSPAN_PLATFORM, _ERSPAN_IP = 1, 2


def through(protocol: int, data: bytes, offset: int) -> Place | None:
    """What an IP packet of this protocol carries; None for UDP of no tunnel. NotReadable names what is not read."""
    if protocol == UDP:
        return _udp(data, offset)
    if kind := _BY_PROTOCOL.get(protocol):
        return kind, offset
    raise NotReadable(_NOT_READ.get(protocol, "neither TCP, UDP nor ICMP"))


def _udp(data: bytes, offset: int) -> Place | None:
    source, target = two(data, offset), two(data, offset + 2)
    if kind := _BY_TARGET_PORT.get(target):
        return kind, offset + 8
    kind = _BY_EITHER_PORT.get(target) or _BY_EITHER_PORT.get(source)
    return (kind, offset + 8) if kind else None


def _gre(data: bytes, offset: int) -> Place:
    flags, version, kind = data[offset], data[offset + 1], two(data, offset + 2)
    if flags & _ROUTING or version & 7 > 1:
        raise NotReadable("GRE of a kind that is not known")
    numbered = bool(flags & _SEQUENCE)
    offset += 4 + 4 * (bool(flags & _CHECKSUM) + bool(flags & _KEY) + numbered)
    offset += 4 * (version & 7 == 1 and bool(version & _PPTP_ACKNOWLEDGED))
    if kind == kinds.ERSPAN:
        return kinds.ETHERNET, offset + (8 if numbered else 0)  # the first kind had neither number nor header
    if kind in _ARUBA:
        return kinds.WIFI, offset
    return kind or kinds.NOTHING_KNOWN, offset


def _erspan_3(data: bytes, offset: int) -> Place:
    carries = two(data, offset + 10)
    kind = kinds.RAW_IP if carries >> 10 & 31 == _ERSPAN_IP else kinds.ETHERNET
    return kind, offset + (20 if carries & _ERSPAN_PLATFORM else 12)


def _vxlan(data: bytes, offset: int) -> Place:
    if not data[offset] & 8:
        raise NotReadable("UDP")
    return kinds.ETHERNET, offset + 8


def _vxlan_generic(data: bytes, offset: int) -> Place:
    """It says what it carries."""
    kind = _VXLAN_CARRIES.get(data[offset + 3]) if data[offset] & 4 else kinds.ETHERNET
    if kind is None or data[offset] & 0xF0:
        raise NotReadable("UDP")
    return kind, offset + 8


def _geneve(data: bytes, offset: int) -> Place:
    if data[offset] >> 6:
        raise NotReadable("UDP")
    return two(data, offset + 2), offset + 8 + (data[offset] & 63) * 4


def _teredo(data: bytes, offset: int) -> Place:
    """Who the client is, and where the other end saw it, may come first."""
    if data[offset : offset + 2] == b"\x00\x01":
        offset += 13 + data[offset + 2] + data[offset + 3]
    if data[offset : offset + 2] == b"\x00\x00":
        offset += 8
    if data[offset] >> 4 != 6:
        raise NotReadable("UDP")
    return kinds.IP6, offset


STEPS: dict[int, Step] = {
    kinds.GRE: _gre,
    kinds.ERSPAN_3: _erspan_3,
    kinds.VXLAN: _vxlan,
    kinds.VXLAN_GENERIC: _vxlan_generic,
    kinds.GENEVE: _geneve,
    kinds.TEREDO: _teredo,
}
