import pytest

from detection.observation import Channel, Direction
from tests.detection.extract.factories import frame, only, said

ENVELOPES = [
    "hello you",
    '{"type": "message", "text": "hello you"}',
    '{"event": "chat", "body": "hello you"}',
    '42["chat message","hello you"]',
    '42["message",{"text":"hello you"}]',
    '42/room,7["message",{"content":"hello you"}]',
    'MESG{"channel_url": "room", "text": "hello you"}',
    'a["{\\"text\\":\\"hello you\\"}"]',
    '["1","2","room:lobby","new_msg",{"body":"hello you"}]',
    "SEND\ndestination:/topic/7\ncontent-type:text/plain\n\nhello you\0",
    '{"type":1,"target":"Send","arguments":["hello you"]}\x1e',
    '{"command":"message","identifier":"{\\"channel\\":\\"Chat\\"}","data":"{\\"message\\":\\"hello you\\"}"}',
    '"hello you"',
    "[alice] hello you",
]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_the_words_are_found_in_every_envelope(envelope: str) -> None:
    (passage,) = said(frame(envelope))
    assert passage[0] is Channel.MESSAGE
    assert passage[1].endswith("hello you")


def test_author_and_room_are_kept() -> None:
    body = {
        "t": "MESSAGE_CREATE",
        "op": 0,
        "d": {"content": "bye", "author": {"username": "bo", "id": "4"}, "channel_id": "77"},
    }
    passage = only(frame(body, Direction.SHOWN))
    assert (passage.text, passage.author, passage.conversation) == ("bye", "bo", "77")


def test_a_stomp_destination_is_the_conversation() -> None:
    assert only(frame('MESSAGE\ndestination:/topic/7\n\n{"text":"bye"}\0')).conversation == "/topic/7"


@pytest.mark.parametrize("body", ["2", "3probe", "ping", "", "{}", "[]", '40{"sid":"a b c"}', "\x00\x01\ufffd"])
def test_heartbeats_and_openings_say_nothing(body: str) -> None:
    assert said(frame(body)) == []


def test_binary_says_nothing() -> None:
    assert said(frame(b"\x08\x01\x12\xff\xfehello you")) == []


def test_passwords_are_never_read() -> None:
    assert said(frame('42["login",{"user_id":4,"password":"open the door"}]')) == []
    assert said(frame({"type": "auth", "token": "open the door"})) == []
