"""From a packet's bytes to its TCP segment, through link layer, tags and IP."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proxy_addons.replay.capture_file import Packet

FIN, SYN, RST, ACK = 1, 2, 4, 16

ETHERNET, NULL, RAW_12, RAW_14, PPP, RAW, LOOP, SLL, IPV4, IPV6, SLL2 = 1, 0, 12, 14, 9, 101, 108, 113, 228, 229, 276
_TAGS = {0x8100, 0x88A8, 0x9100}
_IP4, _IP6, _PPPOE = 0x0800, 0x86DD, 0x8864
_EXTENSIONS = {0, 43, 60, 135}
_FRAGMENT, _TCP = 44, 6
_HEADER = struct.Struct("!HHIIBB")


class Unreadable(Exception):
    """Why a packet gave no segment."""


class Segment(NamedTuple):
    at: float
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    sequence: int
    flags: int
    payload: bytes


def segments(packets: Iterable[Packet], unread: Counter[tuple[str, str]]) -> Iterator[Segment]:
    """TCP segments in capture order; what is not TCP or damaged is counted in ``unread`` by (what, reason)."""
    for packet in packets:
        try:
            yield _segment(packet)
        except Unreadable as e:
            unread["packets", str(e)] += 1
        except (IndexError, struct.error):
            unread["packets", "shorter than their headers say"] += 1


def _segment(packet: Packet) -> Segment:
    data = packet.data
    offset, kind = _network_layer(packet.link, data)
    if kind == _IP4:
        source, target, start, end = _ipv4(data, offset)
    elif kind == _IP6:
        source, target, start, end = _ipv6(data, offset)
    else:
        raise Unreadable("not IP")
    source_port, target_port, sequence, _, length, flags = _HEADER.unpack_from(data, start)
    body = start + (length >> 4) * 4
    return Segment(packet.at, source, source_port, target, target_port, sequence, flags, data[body:end])


def _network_layer(link: int, data: bytes) -> tuple[int, int]:
    """Offset of the network header, and its ethertype."""
    if link == ETHERNET:
        offset, kind = 12, data[12] << 8 | data[13]
        while kind in _TAGS:
            offset += 4
            kind = data[offset] << 8 | data[offset + 1]
        if kind == _PPPOE:
            return offset + 10, _IP4 if data[offset + 8 : offset + 10] == b"\x00\x21" else _IP6
        return offset + 2, kind
    if link in (RAW, RAW_12, RAW_14, IPV4, IPV6):
        return 0, _IP4 if data[0] >> 4 == 4 else _IP6
    if link == SLL:
        return 16, data[14] << 8 | data[15]
    if link == SLL2:
        return 20, data[0] << 8 | data[1]
    if link in (NULL, LOOP):
        return 4, _IP4 if 2 in (data[0], data[3]) else _IP6
    if link == PPP:
        start = 2 if data[0] == 0xFF else 0
        return start + 2, {0x0021: _IP4, 0x0057: _IP6}.get(data[start] << 8 | data[start + 1], 0)
    raise Unreadable(f"link layer {link} is not known")


def _ipv4(data: bytes, offset: int) -> tuple[bytes, bytes, int, int]:
    if data[offset + 9] != _TCP:
        raise Unreadable("not TCP")
    if (data[offset + 6] & 0x3F) << 8 | data[offset + 7]:
        raise Unreadable("IP fragment")
    length = data[offset + 2] << 8 | data[offset + 3]
    start = offset + (data[offset] & 15) * 4
    return data[offset + 12 : offset + 16], data[offset + 16 : offset + 20], start, _end(data, offset, length)


def _ipv6(data: bytes, offset: int) -> tuple[bytes, bytes, int, int]:
    length = data[offset + 4] << 8 | data[offset + 5]
    following, start = data[offset + 6], offset + 40
    while following != _TCP:
        if following == _FRAGMENT and not (data[start + 2] << 8 | data[start + 3]) & 0xFFF9:
            following, start = data[start], start + 8  # a fragment that is the whole
        elif following in _EXTENSIONS:
            following, start = data[start], start + 8 + data[start + 1] * 8
        else:
            raise Unreadable("IP fragment" if following == _FRAGMENT else "not TCP")
    end = _end(data, offset, length + 40 if length else 0)
    return data[offset + 8 : offset + 24], data[offset + 24 : offset + 40], start, end


def _end(data: bytes, offset: int, length: int) -> int:
    """Where the packet ends: a zero length is what segmentation offload leaves."""
    return offset + length if length else len(data)
