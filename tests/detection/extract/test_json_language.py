from typing import Any

from detection.extract.json_language import Carrier, passages_in, readable
from detection.observation import Channel
from tests.detection.extract.factories import frame, said

WRITTEN = Carrier(written=True, plain=Channel.POST)


def texts(value: Any, carrier: Carrier = WRITTEN) -> list[str]:
    return [passage.text for passage in passages_in(value, carrier)]


def test_one_word_counts_only_where_people_write() -> None:
    assert texts({"comment": "meanie", "status_code": "gone", "colour": "light blue", "reason": "two words"}) == [
        "meanie",
        "two words",
    ]


def test_order_is_kept() -> None:
    assert texts({"a": ["one two", {"b": "three four"}], "c": "five six"}) == ["one two", "three four", "five six"]


def test_json_in_strings_is_opened_a_few_times() -> None:
    assert texts({"payload": '{"inner": "[\\"one two\\"]"}'}) == ["one two"]


def test_nesting_without_end_is_left() -> None:
    deep: Any = "one two"
    for _ in range(500):
        deep = [deep]
    assert texts(deep) == []


def test_the_room_around_messages_is_theirs() -> None:
    value: Any = {"conversation_id": "c-5", "text": "first", "replies": [{"author": "bo", "text": "second"}]}
    assert [p.conversation for p in passages_in(value, WRITTEN)] == ["c-5", "c-5"]


def test_markup_is_taken_off_and_less_than_is_not_markup() -> None:
    assert readable("<p>go</p><p>away</p>") == "go\naway"
    assert readable("1 < 2 ") == "1 < 2"


def test_who_speaks_is_not_something_said() -> None:
    said = {"type": "message", "room": "year nine art", "author": "Isla Campbell", "text": "see you at break"}
    carrier = Carrier(written=True, plain=Channel.MESSAGE, chat=True)
    assert [passage.text for passage in passages_in(said, carrier)] == ["see you at break"]


def test_what_people_and_rooms_are_called_is_nothing_said_in_a_chats_frame() -> None:
    chat = Carrier(written=False, plain=Channel.MESSAGE, chat=True)
    value = {"data": {"room_display_name": "Town Square", "status": "away", "body": "hello there"}}
    assert texts(value, chat) == ["hello there"]


def test_a_room_named_by_a_key_is_the_conversation_of_what_lies_under_it() -> None:
    (passage,) = passages_in({"join": {"!ab:x.example": [{"text": "hello there"}]}}, WRITTEN)
    assert passage.conversation == "!ab:x.example"


def test_a_program_s_words_in_a_chat_message_are_opened_and_not_said() -> None:
    assert said(frame({"room": "7", "content": '{"kind": 3, "at": [1, 2]}'})) == []
    assert said(frame({"room": "7", "content": '{"kind": 3, "text": "hello there"}'})) == [
        (Channel.MESSAGE, "hello there")
    ]
