import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.mqtt import MOST_INFLATED, Published, published
from tests.detection.extract.wire import varint


def publish(payload: bytes, *, first: int = 0x30, topic: bytes = b"room/7", between: bytes = b"") -> bytes:
    packet = len(topic).to_bytes(2) + topic + between + payload
    return bytes([first]) + varint(len(packet)) + packet


PUBLISHED = {
    "plain": publish(b"hello"),
    "with a number to confirm": publish(b"hello", first=0x32, between=b"\0\7"),
    "version 5 without properties": publish(b"hello", between=b"\0"),
    "version 5 with properties": publish(b"hello", between=b"\2\1\1"),
    "deflated": publish(zlib.compress(b"hello")),
    "after a ping": b"\xc0\0" + publish(b"hello"),
}


@pytest.mark.parametrize("frame", PUBLISHED)
def test_what_is_published_comes_with_its_topic(frame: str) -> None:
    assert published(PUBLISHED[frame]) == [Published("room/7", b"hello")]


def test_of_a_packet_cut_short_the_beginning_is_read_where_it_may_be() -> None:
    assert published(b"\xc0\0" + publish(b"abcdef")[:-3], cut=True) == [Published("room/7", b"abc")]


def test_inflating_stops_at_the_limit_of_all_packets_together() -> None:
    found = published(publish(zlib.compress(b"0" * (MOST_INFLATED // 2 + 1))) * 5) or []
    assert sum(len(one.payload) for one in found) == MOST_INFLATED


def test_a_ping_publishes_nothing() -> None:
    assert published(b"\xc0\0") == []


@pytest.mark.parametrize(
    "frame", [b"", b"hello", publish(b"hello")[:-1], publish(b"", topic=b"\xff"), b"\x30\1\0", b"\x30\2\0\7"]
)
def test_other_bytes_are_no_packets(frame: bytes) -> None:
    assert published(frame) is None


@given(st.binary(max_size=60))
def test_any_bytes_are_answered(frame: bytes) -> None:
    published(frame)
    published(b"\x30" + varint(len(frame)) + frame)
