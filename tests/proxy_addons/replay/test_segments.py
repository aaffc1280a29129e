from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.dns import DNS, DNSQR
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop
from scapy.packet import Packet, Raw

from proxy_addons.replay.captured_packet import Packet as Captured
from proxy_addons.replay.segments import ACK, SYN, Datagram, Segment, segments
from tests.proxy_addons.replay.factories import ETHERNET, NOON, RAW, Talk, captured, ethernet

LINKS = [0, 1, 9, 12, 14, 101, 108, 113, 228, 229, 276, 127]
SAID = TCP(sport=40000, dport=80, seq=7, ack=9, flags="PA") / Raw(b"hello")
SIX = IPv6(src="2001:db8::1", dst="2001:db8::2")


def found(*packets: Packet) -> tuple[list[Segment | Datagram], dict[tuple[str, str], int]]:
    unread: Counter[tuple[str, str]] = Counter()
    return list(segments([Captured(NOON, RAW, bytes(p)) for p in packets], unread)), dict(unread)


def test_a_segment_has_its_ends_its_place_and_its_bytes() -> None:
    talk = Talk().hello().up(b"hello")
    unread: Counter[tuple[str, str]] = Counter()
    syn, answered, _, said, _ = segments(captured(talk.packets), unread)
    assert (said.source_port, said.target_port, said.payload) == (40000, 80, b"hello")
    assert (said.sequence, said.acknowledged) == (syn.sequence + 1, answered.sequence + 1)
    assert (syn.flags, answered.flags) == (SYN, SYN | ACK)
    assert not unread


@pytest.mark.parametrize(
    "packet",
    [
        IP() / SAID,
        IP(options=[b"\x07\x04\x04\x00"]) / SAID,
        SIX / SAID,
        SIX / IPv6ExtHdrHopByHop() / IPv6ExtHdrDestOpt() / SAID,
        SIX / IPv6ExtHdrFragment(offset=0, m=0) / SAID,
    ],
    ids=["IPv4", "with options", "IPv6", "extensions", "a fragment that is the whole"],
)
def test_every_form_of_ip_is_read(packet: Packet) -> None:
    ((segment,), unread) = found(packet)
    assert (segment.source_port, segment.sequence, segment.payload, unread) == (40000, 7, b"hello", {})


def test_what_fills_a_short_frame_is_no_part_of_it() -> None:
    frame = Captured(NOON, ETHERNET, bytes(ethernet(IP() / TCP())) + bytes(6))
    (segment,) = segments([frame], Counter())
    assert segment.payload == b""


def test_a_length_left_to_the_network_card_is_the_packets() -> None:
    ((segment,), _) = found(IP(len=0) / SAID)
    assert segment.payload == b"hello"


def test_of_a_packet_that_was_cut_what_is_there_is_read_and_it_is_counted() -> None:
    unread: Counter[tuple[str, str]] = Counter()
    (segment,) = segments([Captured(NOON, RAW, bytes(IP() / SAID)[:-2])], unread)
    assert segment.payload == b"hel"
    assert unread == {("packets", "captured only in part"): 1}


@pytest.mark.parametrize(
    ("packet", "reason"),
    [
        (IP() / UDP(dport=443), "UDP on port 443, as QUIC uses"),
        (SIX / UDP(dport=53), "UDP"),
        (IP() / UDP(sport=53, dport=40000) / DNS(qr=1, qd=DNSQR(qname="news.test")), "answers of DNS"),
        (IP() / UDP(sport=5353, dport=5353) / DNS(qd=DNSQR(qname="printer.local")), "UDP"),
        (IP() / ICMP(), "ICMP"),
        (IP(proto=132) / Raw(b"12345678"), "neither TCP, UDP nor ICMP"),
        (IP(flags="MF") / TCP() / Raw(b"by 8"), "IP fragments, others of their packet are missing"),
        (IP(frag=3) / SAID, "IP fragments, others of their packet are missing"),
        (SIX / IPv6ExtHdrFragment(offset=0, m=1) / SAID, "IP fragments that cannot be"),
        (IP() / TCP(dataofs=4), "TCP with a header that cannot be"),
        (IP() / Raw(b"\x9c\x40"), "shorter than their headers say"),
        (Raw(b"\x00" * 60), "not IP"),
    ],
)
def test_what_is_no_segment_is_counted_with_its_reason(packet: Packet, reason: str) -> None:
    if reason.startswith("shorter"):
        packet.proto = 6
    assert found(packet) == ([], {("packets", reason): 1})


@pytest.mark.parametrize(
    ("length", "flags", "payload"),
    [(None, 0, b"hello"), (0, 0, b"hello"), (43, 0, b"hel"), (30, 0, b""), (None, "DF", b"hello")],
)
def test_the_short_way_and_the_long_one_see_the_same(length: int | None, flags: object, payload: bytes) -> None:
    packet = IP(len=length, flags=flags) / SAID
    (short,) = segments([Captured(NOON, ETHERNET, bytes(ethernet(packet)))], Counter())
    ((long,), unread) = found(packet)
    assert short == long
    assert (short.payload, unread) == (payload, {})


@given(st.sampled_from(LINKS), st.binary(max_size=120))
def test_no_packet_whatever_is_in_it_stops_a_replay(link: int, data: bytes) -> None:
    unread: Counter[tuple[str, str]] = Counter()
    read = list(segments([Captured(0.0, link, data)], unread))
    assert len(read) <= 1
    assert read or unread.total() == 1


@given(st.sampled_from([1, 101]), st.binary(max_size=40), st.integers(0, 60))
def test_no_damage_to_a_real_packet_stops_a_replay(link: int, damage: bytes, at: int) -> None:
    data = bytes(ethernet(IP() / SAID) if link == 1 else IP() / SAID)
    unread: Counter[tuple[str, str]] = Counter()
    read = list(segments([Captured(0.0, link, data[:at] + damage + data[at + len(damage) :])], unread))
    assert read or unread.total()
