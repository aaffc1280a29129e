"""From a packet's bytes to its TCP segment, through link layer, tags and IP."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proxy_addons.replay.captured_packet import Packet
from proxy_addons.replay.link_layers import IP4, IP6, NotReadable, network_layer

FIN, SYN, RST, ACK = 1, 2, 4, 16

_EXTENSIONS = {0, 43, 60, 135}
_ICMP, _TCP, _UDP, _FRAGMENT, _ICMP6 = 1, 6, 17, 44, 58
_QUIC = 443
_HEADER = struct.Struct("!HHIIBB")


class Segment(NamedTuple):
    at: float
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    sequence: int
    acknowledged: int
    flags: int
    payload: bytes


class _Ip(NamedTuple):
    source: bytes
    target: bytes
    protocol: int
    start: int
    """Where the next header begins, in the packet."""
    end: int
    """Where the IP packet ends; beyond the packet's bytes if not all of it was captured."""


def segments(packets: Iterable[Packet], unread: Counter[tuple[str, str]]) -> Iterator[Segment]:
    """TCP segments in capture order; what is not TCP or damaged is counted in ``unread`` by (what, reason)."""
    for packet in packets:
        try:
            segment, whole = _segment(packet)
        except NotReadable as e:
            unread["packets", str(e)] += 1
        except (IndexError, struct.error):
            unread["packets", "shorter than their headers say"] += 1
        else:
            if not whole:
                unread["packets", "captured only in part"] += 1
            yield segment


def _segment(packet: Packet) -> tuple[Segment, bool]:
    """And whether all of it was captured."""
    data = packet.data
    offset, kind = network_layer(packet.link, data)
    if kind not in (IP4, IP6):
        raise NotReadable("not IP")
    ip = _ipv4(data, offset) if kind == IP4 else _ipv6(data, offset)
    if ip.protocol != _TCP:
        raise NotReadable(_named(data, ip))
    source_port, target_port, sequence, acknowledged, length, flags = _HEADER.unpack_from(data, ip.start)
    body = ip.start + (length >> 4) * 4
    return Segment(
        packet.at, ip.source, source_port, ip.target, target_port, sequence, acknowledged, flags, data[body : ip.end]
    ), ip.end <= len(data)


def _ipv4(data: bytes, offset: int) -> _Ip:
    if (data[offset + 6] & 0x3F) << 8 | data[offset + 7]:
        raise NotReadable("IP fragment")
    length = data[offset + 2] << 8 | data[offset + 3]
    start = offset + (data[offset] & 15) * 4
    end = _end(data, offset, length)
    return _Ip(data[offset + 12 : offset + 16], data[offset + 16 : offset + 20], data[offset + 9], start, end)


def _ipv6(data: bytes, offset: int) -> _Ip:
    length = data[offset + 4] << 8 | data[offset + 5]
    following, start = data[offset + 6], offset + 40
    while following in _EXTENSIONS or following == _FRAGMENT:
        if following == _FRAGMENT:
            if (data[start + 2] << 8 | data[start + 3]) & 0xFFF9:
                raise NotReadable("IP fragment")
            following, start = data[start], start + 8  # a fragment that is the whole
        else:
            following, start = data[start], start + 8 + data[start + 1] * 8
    end = _end(data, offset, length + 40 if length else 0)
    return _Ip(data[offset + 8 : offset + 24], data[offset + 24 : offset + 40], following, start, end)


def _end(data: bytes, offset: int, length: int) -> int:
    """A zero length is what segmentation offload leaves."""
    return offset + length if length else len(data)


def _named(data: bytes, ip: _Ip) -> str:
    """What it is instead of TCP, as far as that tells a tester why nothing was read."""
    if ip.protocol == _UDP:
        ports = struct.unpack_from("!HH", data, ip.start)
        return "UDP on port 443, as QUIC uses" if _QUIC in ports else "UDP"
    return "ICMP" if ip.protocol in (_ICMP, _ICMP6) else "neither TCP, UDP nor ICMP"
