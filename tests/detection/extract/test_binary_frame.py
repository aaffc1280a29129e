import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract import extract
from detection.observation import Channel
from tests.detection.extract.factories import frame, only, said
from tests.detection.extract.test_mqtt import publish
from tests.detection.extract.wire import framed, number, sized, varint


def packed(value: object) -> bytes:
    made: bytes = msgpack.packb(value)
    return made


def signal_r(value: object) -> bytes:
    return varint(len(packed(value))) + packed(value)


FRAMES = {
    "MessagePack": packed({"type": "message", "text": "hello you"}),
    "CBOR": b"\xa2\x64type\x67message\x64text\x69hello you",
    "Phoenix as MessagePack": packed(["1", "2", "room:lobby", "new_msg", {"body": "hello you"}]),
    "socket.io": packed({"type": 2, "data": ["chat message", "hello you"], "nsp": "/"}),
    "SignalR": signal_r([1, {}, None, "Send", ["hello you"], []]) + signal_r([6]),
    "protobuf": number(1, 400) + sized(2, sized(1, "hello you")),
    "gRPC frames": framed(sized(1, "hello you")),
    "MQTT": publish(b"hello you"),
    "JSON in MQTT": publish(b'{"text": "hello you"}'),
    "MessagePack in MQTT": publish(packed({"text": "hello you"})),
    "a format of its own": b"\x07\0\xfftopic\xff\0and then he said hello you",
}


@pytest.mark.parametrize("name", FRAMES)
def test_the_words_are_found_in_every_format(name: str) -> None:
    (passage,) = said(frame(FRAMES[name]))
    assert passage[0] is Channel.MESSAGE
    assert passage[1].endswith("hello you")


def test_a_topic_is_the_conversation() -> None:
    assert only(frame(publish(b"hello"))).conversation == "room/7"


def test_passwords_are_never_read() -> None:
    assert said(frame(packed({"password": "open the door"}))) == []


@given(st.binary(max_size=200), st.sampled_from(list(FRAMES)), st.integers(0, 40))
def test_any_bytes_are_answered(more: bytes, name: str, at: int) -> None:
    for body in (more, FRAMES[name][:at] + more):
        assert all(passage.text.strip() for passage in extract(frame(body)))
