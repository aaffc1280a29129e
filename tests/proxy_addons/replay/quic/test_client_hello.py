from itertools import permutations

import pytest

from proxy_addons.replay.quic.client_hello import MOST_PACKETS, ClientHelloInPieces
from proxy_addons.replay.quic.initial_packets import InitialPacket, initial_packets
from tests.proxy_addons.replay.quic_talk import first_datagrams


def packets(version: int = 1) -> list[InitialPacket]:
    return [packet for data in first_datagrams(version=version) for packet in initial_packets(data)]


@pytest.mark.parametrize("version", [1, 2])
def test_a_hello_that_takes_several_packets_is_put_together_in_any_order(version: int) -> None:
    sent = packets(version)
    assert len(sent) > 1
    for order in permutations(sent):
        pieces = ClientHelloInPieces()
        for packet in order:
            assert pieces.hello is None
            assert pieces.take(packet)
        assert pieces.hello
        assert pieces.hello.server_name == "news.test"
        assert pieces.hello.alpn[0] == b"h3"


def test_a_client_that_the_server_sends_on_is_followed() -> None:
    """Behind a Retry it says everything again, to another connection id."""
    first, *rest = packets()[:1] + packets()
    pieces = ClientHelloInPieces()
    assert pieces.take(first)
    for packet in rest:
        pieces.take(packet)
    assert pieces.hello


def test_what_its_keys_do_not_open_is_given_up_in_the_end() -> None:
    packet = packets()[0]
    damaged = packet._replace(data=packet.data[:-1] + bytes([packet.data[-1] ^ 1]))
    pieces = ClientHelloInPieces()
    for _ in range(MOST_PACKETS):
        assert not pieces.is_hopeless
        assert not pieces.take(damaged)
    assert pieces.is_hopeless
    assert not pieces.take(packet)
