import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.meta_mqtt import MOST_UNPACKED, Publication, publications


def packet(topic: str, payload: bytes, *, quality: int = 1) -> bytes:
    body = len(topic).to_bytes(2, "big") + topic.encode() + (b"\0\x07" if quality else b"") + payload
    length, left = b"", len(body)
    while left >= 0x80:
        length, left = length + bytes([left & 0x7F | 0x80]), left >> 7
    return bytes([0x30 | quality << 1]) + length + bytes([left]) + body


PING = b"\xc0\0"


@pytest.mark.parametrize("quality", [0, 1])
def test_a_publication_is_read_with_its_topic(quality: int) -> None:
    assert list(publications(packet("/ls_req", b"{}", quality=quality))) == [Publication("/ls_req", b"{}")]


def test_a_deflated_payload_is_inflated() -> None:
    assert list(publications(packet("/t_ms", zlib.compress(b"hello")))) == [Publication("/t_ms", b"hello")]


def test_a_long_packet_and_what_follows_are_read_and_other_packets_passed_over() -> None:
    frame = PING + packet("/ls_resp", b"x" * 40_000) + packet("/b", b"y")
    assert [(p.topic, len(p.payload)) for p in publications(frame)] == [("/ls_resp", 40_000), ("/b", 1)]


def test_of_a_packet_cut_short_the_beginning_is_read() -> None:
    (found,) = publications(packet("/ls_req", b"abcdef")[:-3])
    assert found.payload == b"abc"


def test_inflating_stops_at_the_limit_of_all_packets_together() -> None:
    found = list(publications(packet("/t", zlib.compress(b"0" * (MOST_UNPACKED // 2 + 1))) * 5))
    assert sum(len(one.payload) for one in found) == MOST_UNPACKED


@pytest.mark.parametrize("frame", [b"", b"\x32", b"\x32\xff\xff\xff\xff\xff", b"\x32\x02\x00\x09", b"\0\0\0", PING * 3])
def test_what_is_no_publication_yields_nothing(frame: bytes) -> None:
    assert list(publications(frame)) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(frame: bytes) -> None:
    assert all(isinstance(found.payload, bytes) for found in publications(frame))
