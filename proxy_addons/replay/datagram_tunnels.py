"""Tunnels that providers and access points run over UDP: L2TP, GTP, CAPWAP, AYIYA, LISP, TZSP; and EtherIP."""

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place, Step, two

PORTS = {
    1701: kinds.L2TP,
    2152: kinds.GTP,
    4341: kinds.LISP,
    5072: kinds.AYIYA,
    5247: kinds.CAPWAP,
    37008: kinds.TZSP,
}
"""Of either end: both ways the contents are alike."""

_CONTROL, _LENGTH, _SEQUENCE, _OFFSET = 0x8000, 0x4000, 0x0800, 0x0200
_GTP_DATA, _GTP_OPTIONS, _GTP_FOLLOWED = 0xFF, 7, 4
_FORWARDED = 1
_WIFI_OF_CAPWAP, _PIECE = 1, 0x80
_TAG_PADDING, _TAG_END = 0, 1
_TZSP_CARRIES = {1: kinds.ETHERNET, 18: kinds.WIFI}


def _l2tp(data: bytes, offset: int) -> Place:
    """Version 2: RFC 2661, section 3.1."""
    flags = two(data, offset)
    if flags & 15 != 2:
        raise NotReadable("UDP")
    if flags & _CONTROL:
        raise NotReadable("how a tunnel is set up")
    offset += 6 + 2 * bool(flags & _LENGTH) + 4 * bool(flags & _SEQUENCE)
    return kinds.PPP, offset + (2 + two(data, offset) if flags & _OFFSET else 0)


def _gtp(data: bytes, offset: int) -> Place:
    """Version 1, of a mobile network's users: 3GPP TS 29.281, section 5."""
    flags = data[offset]
    if flags >> 4 != 3:
        raise NotReadable("UDP")
    if data[offset + 1] != _GTP_DATA:
        raise NotReadable("how a tunnel is set up")
    offset += 8
    if flags & _GTP_OPTIONS:
        following, offset = data[offset + 3] if flags & _GTP_FOLLOWED else 0, offset + 4
        while following:
            offset += max(data[offset], 1) * 4
            following = data[offset - 1]
    return kinds.RAW_IP, offset


def _capwap(data: bytes, offset: int) -> Place:
    """Between an access point and its controller: RFC 5415, section 4.3."""
    if data[offset] & 15:
        raise NotReadable("CAPWAP, encrypted")
    if data[offset + 3] & _PIECE:
        raise NotReadable("CAPWAP, in pieces")
    is_native = data[offset + 2] & 1
    if is_native and data[offset + 2] >> 1 & 31 != _WIFI_OF_CAPWAP:
        raise NotReadable("UDP")
    return kinds.WIFI if is_native else kinds.ETHERNET, offset + (data[offset + 1] >> 3) * 4


def _ayiya(data: bytes, offset: int) -> Place:
    """The lengths of who it is and of the signature, a kind each, and what follows: draft-massar-v6ops-ayiya-02."""
    if data[offset + 2] & 15 != _FORWARDED:
        raise NotReadable("how a tunnel is set up")
    kind = {41: kinds.IP6, 4: kinds.IP4}.get(data[offset + 3], kinds.NOTHING_KNOWN)
    return kind, offset + 8 + (1 << (data[offset] >> 4)) + (data[offset + 1] >> 4) * 4


def _lisp(data: bytes, offset: int) -> Place:
    """RFC 9300, section 5."""
    return kinds.RAW_IP, offset + 8


def _tzsp(data: bytes, offset: int) -> Place:
    """What a sniffer saw elsewhere, behind tags."""
    kind = _TZSP_CARRIES.get(two(data, offset + 2))
    if data[offset] != 1 or kind is None:
        raise NotReadable("UDP")
    offset += 4
    while (tag := data[offset]) != _TAG_END:
        offset += 1 if tag == _TAG_PADDING else 2 + data[offset + 1]
    return kind, offset + 1


def _ether_ip(data: bytes, offset: int) -> Place:
    """RFC 3378."""
    return kinds.ETHERNET, offset + 2


STEPS: dict[int, Step] = {
    kinds.L2TP: _l2tp,
    kinds.GTP: _gtp,
    kinds.CAPWAP: _capwap,
    kinds.AYIYA: _ayiya,
    kinds.LISP: _lisp,
    kinds.TZSP: _tzsp,
    kinds.ETHER_IP: _ether_ip,
}
