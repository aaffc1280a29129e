import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.quic.initial_keys import initial_keys
from proxy_addons.replay.quic.initial_packets import Crypto, crypto_frames, initial_packets, is_long, opened
from tests.proxy_addons.replay.quic_talk import first_datagrams

FIRST = first_datagrams()


@pytest.mark.parametrize("version", [1, 2])
def test_a_first_packet_is_opened_by_keys_made_of_where_it_is_sent_to(version: int) -> None:
    (packet,) = initial_packets(first_datagrams(version=version)[0])
    frames = opened(packet, initial_keys(packet.version, packet.destination))
    assert frames
    assert next(crypto_frames(frames)).offset == 0
    assert opened(packet, initial_keys(packet.version, b"another")) is None


def test_several_packets_may_be_in_one_datagram() -> None:
    assert len(list(initial_packets(FIRST[0] + FIRST[0] + b"more"))) == 2
    assert len(list(initial_packets(FIRST[0] + FIRST[0][:-1]))) == 1


@pytest.mark.parametrize("data", [b"", b"\xc0\0\0\0\1", b"\x40" + FIRST[0][1:], b"\xc0\0\0\0\7" + FIRST[0][5:]])
def test_what_is_no_long_packet_of_a_known_version_is_left_alone(data: bytes) -> None:
    assert not is_long(data)
    assert not list(initial_packets(data))


@pytest.mark.parametrize(
    ("frames", "found"),
    [
        (b"\x00\x01\x06\x02\x03abc", [Crypto(2, b"abc")]),
        (b"\x02\x05\x00\x01\x00\x00\x00\x06\x00\x01a", [Crypto(0, b"a")]),
        (b"\x03\x05\x00\x00\x00\x01\x02\x03\x06\x00\x01a", [Crypto(0, b"a")]),
        (b"\x06\x40\x01\x01a\x06\x00\x01b", [Crypto(1, b"a"), Crypto(0, b"b")]),
        (b"\x1c\x06\x00\x01a", []),
        (b"\x06\x00", []),
    ],
)
def test_what_the_frames_hold(frames: bytes, found: list[Crypto]) -> None:
    assert list(crypto_frames(frames)) == found


@given(st.binary(max_size=80), st.integers(0, 60))
def test_no_datagram_stops_a_replay(damage: bytes, at: int) -> None:
    for data in (damage, FIRST[0][:at] + damage, FIRST[0][:at] + damage + FIRST[0][at + len(damage) :]):
        for packet in initial_packets(data):
            inside = opened(packet, initial_keys(packet.version, packet.destination))
            assert inside is None or len(inside) < len(data)
    assert sum(len(frame.data) for frame in crypto_frames(damage)) <= len(damage)
