from collections.abc import Callable

import pytest
from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop
from scapy.packet import Packet, Raw

from proxy_addons.replay.ip_headers import Fragment, Ip, beyond_extensions, ipv4, ipv6
from proxy_addons.replay.layer_kinds import NotReadable

FOUR, SIX = IP(src="192.0.2.1", dst="192.0.2.2"), IPv6(src="2001:db8::1", dst="2001:db8::2")
ENDS_6 = bytes.fromhex("20010db8000000000000000000000001"), bytes.fromhex("20010db8000000000000000000000002")


@pytest.mark.parametrize(
    ("packet", "start", "end"),
    [(FOUR / TCP(), 23, 43), (FOUR.copy() / TCP() / Raw(b"hello"), 23, 48), (IP(len=0) / TCP(), 23, 46)],
    ids=["bare", "with bytes", "length left to the card"],
)
def test_ipv4_says_where_what_it_carries_lies(packet: Packet, start: int, end: int) -> None:
    ip = ipv4(b"abc" + bytes(packet) + b"end", 3)
    assert (ip.protocol, ip.start, ip.end, ip.fragment) == (6, start, end, None)


def test_ipv4_says_whose_it_is() -> None:
    ip = ipv4(bytes(FOUR / TCP()), 0)
    assert (ip.source, ip.target) == (b"\xc0\x00\x02\x01", b"\xc0\x00\x02\x02")


@pytest.mark.parametrize(
    ("packet", "start", "more"),
    [(IP(flags="MF", id=7), 0, True), (IP(flags="MF", frag=3, id=7), 24, True), (IP(frag=3, id=7), 24, False)],
)
def test_a_fragment_of_ipv4_says_its_place(packet: Packet, start: int, more: bool) -> None:
    ip = ipv4(bytes(packet / TCP()), 0)
    assert ip.fragment == Fragment(ip.source + ip.target + b"\x00\x07\x06", start, more)


def test_ipv6_is_followed_through_its_extensions() -> None:
    ip = ipv6(bytes(SIX / IPv6ExtHdrHopByHop() / IPv6ExtHdrDestOpt() / IPv6ExtHdrFragment(m=0) / TCP()), 0)
    assert ip == Ip(*ENDS_6, 6, 40 + 8 + 8 + 8, 40 + 8 + 8 + 8 + 20)


def test_a_fragment_of_ipv6_says_its_place_and_what_it_begins_with() -> None:
    ip = ipv6(bytes(SIX / IPv6ExtHdrHopByHop() / IPv6ExtHdrFragment(id=7, offset=2, m=1) / IPv6ExtHdrDestOpt()), 0)
    assert ip.fragment == Fragment(b"".join(ENDS_6) + b"\x00\x00\x00\x07", 16, True)
    assert (ip.protocol, ip.start) == (60, 56)


def test_a_signature_is_passed_over() -> None:
    assert beyond_extensions(b"\x06\x04" + bytes(22), Ip(b"", b"", 51, 0, 24)) == Ip(b"", b"", 6, 24, 24)


@pytest.mark.parametrize(("read", "first"), [(ipv4, 0x44), (ipv4, 0x65), (ipv6, 0x45), (ipv6, 0x50)])
def test_a_header_that_cannot_be_is_named(read: Callable[[bytes, int], Ip], first: int) -> None:
    with pytest.raises(NotReadable, match="IP with a header that cannot be"):
        read(bytes([first]) + bytes(60), 0)
