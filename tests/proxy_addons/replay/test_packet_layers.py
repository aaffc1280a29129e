import asyncio
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scapy.layers.inet import IP, TCP, fragment
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import GRE, Dot1Q
from scapy.packet import Packet, Raw

from proxy_addons.replay.captured_packet import Packet as Captured
from proxy_addons.replay.layer_kinds import NotReadable
from proxy_addons.replay.link_layers import LINKS
from proxy_addons.replay.packet_layers import DEEPEST, Carried, PacketLayers
from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.segments import segments
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay import encapsulations
from tests.proxy_addons.replay.encapsulations import OUTER, WIRE, Encapsulation
from tests.proxy_addons.replay.factories import NOON, WORDS, Talk, answer, library, search, wrapped, write


def talk(*, six: bool = False, more: str = "") -> Talk:
    ends = (("2001:db8::7", 40000), ("2001:db8::80", 80)) if six else (("10.1.0.7", 40000), ("192.0.2.80", 80))
    return Talk(*ends, mss=4000).hello().up(search(X_More=more)).down(answer()).bye()


def outcome_of(file: Path) -> Outcome:
    return asyncio.run(replay(file, "0" * 64, Onlooker(library())))


@pytest.mark.parametrize("wrapping", encapsulations.ALL, ids=str)
def test_words_are_found_once_in_whatever_they_are_wrapped(tmp_path: Path, wrapping: Encapsulation) -> None:
    packets = talk(six=wrapping.six).packets
    outcome = outcome_of(write(tmp_path / "some", packets, wrap=wrapping.wrap, link=wrapping.link))
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert [(r.method, r.status) for r in outcome.ledger.requests] == [("GET", 200)]
    assert outcome.read["packets"] == len(packets)
    assert outcome.unread == ({("packets", "ARP"): len(packets)} if "together" in wrapping.name else {})


def fragments(packet: Packet, number: int) -> list[Packet]:
    """Of some 500 bytes each, where one is longer."""
    if IPv6 in packet:
        made = fragment6(IPv6(src=packet.src, dst=packet.dst) / IPv6ExtHdrFragment(id=number) / packet.payload, 548)
    else:
        packet.id = number
        made = fragment(packet, fragsize=500)
    for piece in made:
        piece.time = packet.time
    return list(made)


ORDERS: dict[str, Callable[[list[Packet]], list[Packet]]] = {
    "in order": lambda pieces: pieces,
    "from behind": lambda pieces: pieces[::-1],
    "in no order": lambda pieces: random.Random(1).sample(pieces, len(pieces)),
    "each captured twice": lambda pieces: [piece for piece in pieces for _ in range(2)],
    "all captured twice": lambda pieces: pieces * 2,
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("below", [(WIRE,), (WIRE, Dot1Q(vlan=7), OUTER, GRE())], ids=["plain", "in a tunnel"])
@pytest.mark.parametrize("six", [False, True], ids=["IPv4", "IPv6"])
def test_words_in_fragments_are_found_once(tmp_path: Path, six: bool, below: tuple[Packet, ...], order: str) -> None:
    said = talk(six=six, more="x" * 2000)
    pieces = [piece for n, p in enumerate(said.packets) for piece in ORDERS[order](fragments(p, n))]
    outcome = outcome_of(write(tmp_path / "some", pieces, wrap=lambda p: wrapped(p, *(one.copy() for one in below))))
    assert len(pieces) > len(said.packets) + 3
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread


def test_a_tunnel_whose_packets_are_fragments_is_read(tmp_path: Path) -> None:
    whole = [wrapped(p, OUTER.copy(), GRE()) for p in talk(more="x" * 2000).packets]
    pieces = [piece for n, p in enumerate(whole) for piece in fragments(p, n)[::-1]]
    outcome = outcome_of(write(tmp_path / "some", pieces))
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread


def test_a_fragment_that_is_missing_costs_its_packet(tmp_path: Path) -> None:
    pieces = [piece for n, p in enumerate(talk(more="x" * 2000).packets) for piece in fragments(p, n)]
    del pieces[4]
    outcome = outcome_of(write(tmp_path / "some", pieces))
    assert not outcome.detections
    assert outcome.unread["packets", "IP fragments, others of their packet are missing"] == 4


def test_fragments_captured_in_part_are_counted() -> None:
    piece = Captured(NOON, 101, bytes(fragments(IP() / TCP() / Raw(bytes(2000)), 1)[0])[:-1])
    with pytest.raises(NotReadable, match="IP fragments, captured only in part"):
        PacketLayers(Counter()).dig(piece)


def test_headers_in_one_another_end_somewhere() -> None:
    tags = [WIRE, *(Dot1Q() for _ in range(DEEPEST - 2))]
    assert isinstance(PacketLayers(Counter()).dig(_ethernet(*tags)), Carried)
    with pytest.raises(NotReadable, match="too many headers in one another"):
        PacketLayers(Counter()).dig(_ethernet(*tags, Dot1Q()))


def test_frames_in_frames_end_somewhere() -> None:
    """Each of them sent with others, in a tunnel, in the next."""
    packet: Packet = IP() / TCP()
    for _ in range(50):
        packet = OUTER.copy() / GRE(proto=0x8240) / bytes(encapsulations.several(packet))
    unread: Counter[tuple[str, str]] = Counter()
    assert not list(segments([_ethernet(WIRE, packet)], unread))
    assert unread["packets", "too many headers in one another"] == 1


def test_frames_together_of_which_none_is_whole_are_counted() -> None:
    whole = bytes(encapsulations.several(IP() / TCP()))
    with pytest.raises(NotReadable, match="none of which is whole"):
        PacketLayers(Counter()).dig(Captured(NOON, 105, whole[:26]))


@pytest.mark.parametrize(
    ("kind", "reason"), [(0x0806, "ARP"), (0x88E5, "MACsec"), (0x888E, "802.1X"), (0x88CC, "not IP")]
)
def test_what_is_not_ip_is_named_where_that_tells_something(kind: int, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        PacketLayers(Counter()).dig(Captured(NOON, 1, bytes(12) + kind.to_bytes(2, "big") + bytes(60)))


def _ethernet(*layers: Packet) -> Captured:
    return Captured(NOON, 1, bytes(wrapped(IP() / TCP(), *(layer.copy() for layer in layers))))


WHOLE = [(one.link, bytes(one.wrap(talk(six=one.six).packets[3]))) for one in encapsulations.ALL]
DAMAGE = st.lists(st.tuples(st.integers(0, 150), st.binary(min_size=1, max_size=4)), max_size=6)


@settings(max_examples=500)
@given(st.sampled_from([*LINKS, -1, 147]), st.binary(max_size=200))
def test_any_bytes_are_answered(link: int, data: bytes) -> None:
    _answered(link, data)


@settings(max_examples=1000)
@given(st.sampled_from(WHOLE), DAMAGE, st.integers(0, 300))
def test_any_damage_is_answered(whole: tuple[int, bytes], damages: list[tuple[int, bytes]], length: int) -> None:
    link, data = whole
    for at, damage in damages:
        data = data[:at] + damage + data[at + len(damage) :]
    _answered(link, data[:length])


def _answered(link: int, data: bytes) -> None:
    """Read, or counted."""
    unread: Counter[tuple[str, str]] = Counter()
    read = list(segments([Captured(0.0, link, data)], unread))
    assert read or unread.total()
    assert sum(len(s.payload) for s in read) <= len(data)
    assert {what for what, _ in unread} <= {"packets"}
