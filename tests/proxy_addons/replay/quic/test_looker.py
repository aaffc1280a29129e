from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import UDP, fragment
from scapy.layers.l2 import GRE
from scapy.layers.vxlan import VXLAN
from scapy.packet import Packet

from proxy_addons.replay.quic import looker
from proxy_addons.replay.quic.looker import QuicLooker
from proxy_addons.replay.segments import Datagram
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.encapsulations import OUTER, OUTER_6, WIRE
from tests.proxy_addons.replay.factories import wrapped
from tests.proxy_addons.replay.quic_talk import datagram, first_datagrams


def test_a_connection_is_named_by_the_host_asked_for(replayed: Replayed) -> None:
    packets = [datagram(data) for data in first_datagrams()]
    packets += [datagram(b"\x40 what follows", up=False), datagram(b"\x40 and answers it")]
    packets += [datagram(data, port=50001) for data in first_datagrams(alpn="doq")]
    packets += [datagram(data, port=50002) for data in first_datagrams(host=None)]
    assert replayed(packets).unread == {
        ("packets", "QUIC"): len(packets),
        ("QUIC connections", "HTTP/3 over QUIC (to news.test)"): 1,
        ("QUIC connections", "QUIC (to news.test)"): 1,
        ("QUIC connections", "HTTP/3 over QUIC"): 1,
    }


@pytest.mark.parametrize(
    "below",
    [(OUTER, GRE()), (OUTER_6, UDP(sport=40000, dport=4789), VXLAN(flags="Instance"), WIRE)],
    ids=["GRE", "VXLAN in IPv6"],
)
def test_a_connection_in_a_tunnel_is_named(replayed: Replayed, below: tuple[Packet, ...]) -> None:
    packets = [wrapped(datagram(data), *(layer.copy() for layer in below)) for data in first_datagrams()]
    assert replayed(packets).unread == {
        ("packets", "QUIC"): len(packets),
        ("QUIC connections", "HTTP/3 over QUIC (to news.test)"): 1,
    }


def test_a_datagram_in_fragments_is_looked_at_as_a_whole(replayed: Replayed) -> None:
    whole = [datagram(data) for data in first_datagrams()]
    pieces = list[Packet]()
    for number, packet in enumerate(whole):
        packet.id = number
        pieces += fragment(packet, fragsize=500)
    assert len(pieces) > len(whole)
    assert replayed(pieces).unread == {
        ("packets", "QUIC"): len(whole),
        ("QUIC connections", "HTTP/3 over QUIC (to news.test)"): 1,
    }


def test_what_the_gateway_would_not_open_is_not_named(replayed: Replayed) -> None:
    packets = [datagram(data) for data in first_datagrams(host="www.nhs.uk")]
    assert replayed(packets).unread == {
        ("packets", "QUIC"): len(packets),
        ("messages to hosts that are never opened", "health"): 1,
    }


def test_what_is_no_quic_is_left_to_others(replayed: Replayed) -> None:
    reasons = {("packets", "UDP on port 443, as QUIC uses"): 1}
    assert replayed([datagram(b"\x40 nobody knows what")]).unread == reasons


def test_no_more_connections_are_followed_than_there_is_room_for(monkeypatch) -> None:
    monkeypatch.setattr(looker, "MOST_OPEN", 2)
    counted: Counter[tuple[str, str]] = Counter()
    made = QuicLooker(lambda names: False, lambda what, why, number: counted.update({(what, why): number}))
    first = first_datagrams()[0]
    for port in range(5):
        assert made.take(Datagram(0.0, b"a", port, b"b", 443, first))
    assert counted == {("packets", "QUIC"): 3, ("QUIC connections", "QUIC"): 3}


@given(st.lists(st.binary(max_size=60)))
def test_no_datagrams_stop_a_replay(said: list[bytes]) -> None:
    counted: Counter[str] = Counter()
    made = QuicLooker(lambda names: False, lambda what, why, number: counted.update({what: number}))
    sent = [datagram for data in said for datagram in (data, b"\xc0\x00\x00\x00\x01" + data)]
    taken = sum(made.take(Datagram(0.0, b"a", 1, b"b", 443, data)) for data in sent)
    made.close()
    assert counted == +Counter({"packets": taken, "QUIC connections": min(taken, 1)})
