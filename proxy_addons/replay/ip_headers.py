"""The headers of an IP packet, with what may stand between them and what it carries."""

from typing import NamedTuple

from proxy_addons.replay.layer_kinds import NotReadable, two

_FRAGMENT, _AUTHENTICATION = 44, 51
_EXTENSIONS = frozenset((0, 43, _AUTHENTICATION, 60, 135, 139, 140))
"""Options for each hop, routing, authentication, options, mobility, host identity, shim6."""


class Fragment(NamedTuple):
    whole: bytes
    """What all fragments of one packet have in common."""
    start: int
    """Of its bytes in the whole; a multiple of eight."""
    more: bool


class Ip(NamedTuple):
    source: bytes
    target: bytes
    protocol: int
    start: int
    """Where what it carries begins, in the packet."""
    end: int
    """Where the IP packet ends; beyond the packet's bytes if not all of it was captured."""
    fragment: Fragment | None = None


def ipv4(data: bytes, offset: int) -> Ip:
    first = data[offset]
    if not 0x45 <= first <= 0x4F:
        raise NotReadable("IP with a header that cannot be")
    source, target, protocol = data[offset + 12 : offset + 16], data[offset + 16 : offset + 20], data[offset + 9]
    start, end = offset + (first & 15) * 4, _end(data, offset, two(data, offset + 2))
    place = two(data, offset + 6) & 0x3FFF
    if place:
        whole = source + target + data[offset + 4 : offset + 6] + bytes([protocol])
        return Ip(source, target, protocol, start, end, Fragment(whole, (place & 0x1FFF) * 8, place > 0x1FFF))
    return beyond_extensions(data, Ip(source, target, protocol, start, end))


def ipv6(data: bytes, offset: int) -> Ip:
    if data[offset] >> 4 != 6:
        raise NotReadable("IP with a header that cannot be")
    length = two(data, offset + 4)
    end = _end(data, offset, length + 40 if length else 0)
    source, target = data[offset + 8 : offset + 24], data[offset + 24 : offset + 40]
    return beyond_extensions(data, Ip(source, target, data[offset + 6], offset + 40, end))


def beyond_extensions(data: bytes, ip: Ip) -> Ip:
    """As far as a fragment, or what the packet carries."""
    following, start = ip.protocol, ip.start
    while following in _EXTENSIONS or following == _FRAGMENT:
        if following == _AUTHENTICATION:
            following, start = data[start], start + 8 + data[start + 1] * 4
        elif following != _FRAGMENT:
            following, start = data[start], start + 8 + data[start + 1] * 8
        elif (place := two(data, start + 2)) & 0xFFF9:
            whole = ip.source + ip.target + data[start + 4 : start + 8]
            fragment = Fragment(whole, place & 0xFFF8, bool(place & 1))
            return ip._replace(protocol=data[start], start=start + 8, fragment=fragment)
        else:
            following, start = data[start], start + 8  # a fragment that is the whole
    return ip._replace(protocol=following, start=start) if start != ip.start else ip


def _end(data: bytes, offset: int, length: int) -> int:
    """A zero length is what segmentation offload leaves."""
    return offset + length if length else len(data)
