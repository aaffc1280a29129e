from typing import Any

import pytest

from detection.extract.json_chat import Chat, chat_message, conversation_in, envelope


def keys(*names: str) -> frozenset[str]:
    """None of these is something more said; the empty name stands for what is missing."""
    return frozenset(names) | (frozenset({""}) if len(names) < 3 else frozenset())


MESSAGES: list[tuple[dict[str, Any], Chat]] = [
    ({"user": "bo", "text": "hi"}, Chat(keys("text", "user"), "hi", "bo", "above")),
    ({"from": {"id": 5}, "message": "hi"}, Chat(keys("message", "from"), "hi", "5", "above")),
    (
        {"sender": "@bo:a", "room_id": "!x", "content": {"body": "hi"}},
        Chat(keys("content", "sender", "room_id"), "hi", "@bo:a", "!x"),
    ),
    ({"imDisplayName": "Bo", "Content": "hi", "id": 1}, Chat(keys("Content", "imDisplayName"), "hi", "Bo", "above")),
    ({"body": "hi", "channel": {"name": "lobby"}}, Chat(keys("body", "channel"), "hi", "", "lobby")),
]


@pytest.mark.parametrize(("value", "chat"), MESSAGES)
def test_something_said_by_somebody_or_somewhere_is_a_message(value: dict[str, Any], chat: Chat) -> None:
    assert chat_message(value, "above", alone=False) == chat


@pytest.mark.parametrize(
    "value",
    [
        {"type": "paragraph", "text": "hi"},
        {"author": "bo", "title": "News", "body": "hi"},
        {"author": "bo", "id": 5},
        {"author": "bo", "text": "x" * 9000},
        {"author": "bo", "text": 5},
    ],
)
def test_articles_and_other_objects_are_no_messages(value: dict[str, Any]) -> None:
    assert chat_message(value, "", alone=False) is None


def test_alone_in_a_chats_frame_no_author_is_needed() -> None:
    assert chat_message({"text": "hi"}, "room", alone=True) == Chat(keys("text"), "hi", "", "room")


@pytest.mark.parametrize(
    ("url", "room"),
    [
        ("https://a.example/api/v9/channels/123/messages", "123"),
        ("https://a.example/v1/users/ME/conversations/19:ab@thread.v2/messages", "19:ab@thread.v2"),
        ("https://a.example/news/today", ""),
    ],
)
def test_a_chats_address_names_the_room(url: str, room: str) -> None:
    assert conversation_in(url) == room


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"msgtype": "m.text", "body": "hi", "formatted_body": "<b>hi</b>"}, {"body", "formatted_body"}),
        ({"content": "hi", "sender_full_name": "Sam", "display_recipient": "club"}, {"content", "sender_full_name"}),
    ],
)
def test_the_same_words_as_markup_and_the_names_around_them_are_nothing_more_said(
    value: dict[str, Any], said: set[str]
) -> None:
    found = chat_message(value, "", alone=True)
    assert found is not None
    assert said <= found.keys


def test_what_a_protocol_names_its_messages_is_nothing_said() -> None:
    assert envelope({"msg": "method", "id": "3", "method": "sendMessage", "params": []}) == {
        "msg", "method", "collection", "name",
    }  # fmt: skip
    assert envelope({"msg": "ping"}) == {"msg", "method", "collection", "name"}
    assert "fields" in envelope({"msg": "changed", "collection": "stream-notify-room", "fields": {}})


def test_a_person_may_say_the_same_word() -> None:
    assert envelope({"msg": "ready", "id": 4, "user": "bo"}) == frozenset()
    assert chat_message({"msg": "ready", "user": "bo"}, "", alone=False) is not None


def test_rocket_chats_short_keys_count_only_beside_its_own() -> None:
    found = chat_message({"msg": "hi", "rid": "GENERAL", "u": {"username": "sam"}}, "", alone=False)
    assert found is not None
    assert (found.author, found.conversation) == ("sam", "GENERAL")
    assert chat_message({"text": "hi", "rid": "3"}, "", alone=False) is None


def test_a_key_without_a_name_is_no_error() -> None:
    found = chat_message({"": "hello", "text": "hi", "user": "bo"}, "", alone=False)
    assert found is not None
    assert found.keys == keys("text", "user")
