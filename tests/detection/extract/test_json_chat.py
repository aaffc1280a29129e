from typing import Any

import pytest

from detection.extract.json_chat import Chat, chat_message, conversation_in


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
