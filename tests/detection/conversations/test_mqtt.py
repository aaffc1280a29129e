import pytest

from detection.conversations.mqtt import Mqtt
from tests.detection.conversations.talks import Turn, hear, packet, text


def signed_in(version: int) -> Turn:
    return True, packet(
        0x10, text("MQTT") + bytes([version]) + b"\0\0\0" + (b"\0" if version == 5 else b"") + text("pc")
    )


def test_what_is_published_is_read_in_the_old_version() -> None:
    sent = packet(0x3A, text("club") + b"\0\7" + b"see you")
    assert hear(Mqtt(), [signed_in(4), (True, sent)]) == [">|message|club||see you"]


def test_a_topic_may_have_a_short_name_after_other_properties() -> None:
    properties = b"\x01\1" + b"\x0b\x80\1" + b"\x26" + text("a") + text("b") + b"\x08" + text("c") + b"\x23\0\7"
    named = packet(0x30, text("club") + bytes([len(properties)]) + properties + b"see you")
    short = packet(0x30, text("") + b"\3\x23\0\7" + b"and you")
    assert hear(Mqtt(), [signed_in(5), (False, named), (False, short)]) == [
        "<|message|club||see you",
        "<|message|club||and you",
    ]


def test_an_object_is_read_as_chats_write_it() -> None:
    sent = packet(0x30, text("club") + b'{"user":"jo","message":"see you","id":"x1"}')
    assert hear(Mqtt(), [signed_in(4), (False, sent)]) == ["<|message|club|jo|see you"]


@pytest.mark.parametrize("payload", [b"\xff\xfe", b"a\0b c", b"", b"0f8fad5bd9cb469fa16570867728950e"])
def test_what_is_no_text_is_left(payload: bytes) -> None:
    assert hear(Mqtt(), [signed_in(4), (True, packet(0x30, text("club") + payload))]) == []


def test_of_a_very_long_one_the_first_part_is_read_and_the_next_is_found() -> None:
    long, short = (packet(0x30, text("club") + words) for words in (b"see you " * 300_000, b"and you"))
    first, second = hear(Mqtt(), [signed_in(4), (True, long), (True, short)])
    assert len(first) < 1_100_000
    assert second == ">|message|club||and you"


def test_a_length_that_is_none_ends_it() -> None:
    broken = Mqtt()
    hear(broken, [signed_in(4), (True, b"\x30\xff\xff\xff\xff\1")])
    assert broken.unseen == "broken"
