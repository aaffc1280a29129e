"""What a packet begins with, by the kind of link it was captured on, and what those headers carry."""

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.captured_packet import PART_OF_A_FRAME, UNDESCRIBED
from proxy_addons.replay.layer_kinds import NotReadable, Place, Step, two
from proxy_addons.replay.tag_layers import SHORTEST_TYPE

LINKS: dict[int, Place] = {
    PART_OF_A_FRAME: (kinds.LLC, 0),
    0: (kinds.RAW_IP, 4),  # loopback: a family in either byte order; the version of what follows tells the same
    1: (kinds.ETHERNET, 0),
    9: (kinds.PPP, 0),
    10: (kinds.LLC, 13),  # FDDI
    12: (kinds.RAW_IP, 0),
    14: (kinds.RAW_IP, 0),
    50: (kinds.PPP, 0),
    51: (kinds.PPPOE, 0),
    101: (kinds.RAW_IP, 0),
    104: (kinds.CISCO_HDLC, 0),
    105: (kinds.WIFI, 0),
    108: (kinds.RAW_IP, 4),
    109: (kinds.RAW_IP, 12),  # what a firewall of OpenBSD's family saw within IPsec
    113: (kinds.COOKED, 0),
    117: (kinds.PFLOG, 0),
    127: (kinds.RADIOTAP, 0),
    166: (kinds.PPP, 2),  # a direction where the address would be
    192: (kinds.PPI, 0),
    204: (kinds.PPP, 1),  # a direction before it
    228: (kinds.IP4, 0),
    229: (kinds.IP6, 0),
    239: (kinds.NFLOG, 0),
    276: (kinds.COOKED_2, 0),
}
"""By the numbers of the pcap format's registry."""
_PACKET = 9
"""The field of an NFLOG message that holds the packet."""


def first_layer(link: int) -> Place:
    if link == UNDESCRIBED:
        raise NotReadable("on an interface that the file does not describe")
    if place := LINKS.get(link):
        return place
    raise NotReadable(f"link layer {link} is not known")


def _raw_ip(data: bytes, offset: int) -> Place:
    return {4: kinds.IP4, 6: kinds.IP6}.get(data[offset] >> 4, kinds.NOTHING_KNOWN), offset


def _cooked(data: bytes, offset: int) -> Place:
    return _typed(two(data, offset + 14)), offset + 16


def _cooked_2(data: bytes, offset: int) -> Place:
    return _typed(two(data, offset)), offset + 20


def _typed(kind: int) -> int:
    """What is no ethertype tells Linux that a frame has none."""
    return kinds.LLC if kind < SHORTEST_TYPE else kind


def _cisco(data: bytes, offset: int) -> Place:
    return two(data, offset + 2), offset + 4


def _pflog(data: bytes, offset: int) -> Place:
    return kinds.RAW_IP, offset + data[offset] + -data[offset] % 4


def _nflog(data: bytes, offset: int) -> Place:
    """Fields of length, type (below 256) and value, in the byte order of who wrote them."""
    offset += 4
    while data[offset + 2] | data[offset + 3] != _PACKET:
        length = int.from_bytes(data[offset : offset + 2], "big" if data[offset + 3] else "little")
        offset += max(length + -length % 4, 4)
    return kinds.RAW_IP, offset + 4


STEPS: dict[int, Step] = {
    kinds.RAW_IP: _raw_ip,
    kinds.COOKED: _cooked,
    kinds.COOKED_2: _cooked_2,
    kinds.CISCO_HDLC: _cisco,
    kinds.PFLOG: _pflog,
    kinds.NFLOG: _nflog,
}
