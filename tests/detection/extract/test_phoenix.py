import json
from typing import Any

import pytest

from detection.extract.phoenix import parts_of
from detection.observation import Channel, Direction
from tests.detection.extract.factories import frame, only, said


def live(event: str, payload: dict[str, Any]) -> str:
    return json.dumps(["4", "12", "lv:phx-F1", event, payload])


def diff(changed: dict[str, Any]) -> list[tuple[Channel, str]]:
    return said(frame(live("diff", changed), Direction.SHOWN))


@pytest.mark.parametrize("message", [
    ["3", "7", "room:lobby", "new_msg", {"body": "hello you"}],
    {"topic": "room:lobby", "event": "new_msg", "payload": {"body": "hello you"}, "ref": "7", "join_ref": "3"},
])  # fmt: skip
def test_the_topic_is_where_it_was_said(message: Any) -> None:
    passage = only(frame(json.dumps(message)))
    assert (passage.channel, passage.text, passage.conversation) == (Channel.MESSAGE, "hello you", "room:lobby")


def test_what_comes_names_who_said_it() -> None:
    message = [None, None, "room:lobby", "new_msg", {"body": "hello you", "user": "Sam"}]
    passage = only(frame(json.dumps(message), Direction.SHOWN))
    assert (passage.text, passage.conversation, passage.author) == ("hello you", "room:lobby", "Sam")


@pytest.mark.parametrize(("form", "words"), [
    ("message%5Bbody%5D=hello+you&message%5B_unused_to%5D=&_csrf_token=ab+cd", ["hello you"]),
    ("message%5Bbody%5D=hello", ["hello"]),
    ("user%5Bpassword%5D=open+the+door&_target=a+b", []),
    ("=", []),
])  # fmt: skip
def test_one_word_typed_into_a_live_form_is_read_too_and_what_is_secret_is_not(form: str, words: list[str]) -> None:
    typed = live("event", {"type": "form", "event": "send", "value": form, "meta": {"_target": ["message", "body"]}})
    assert [text for _, text in said(frame(typed))] == words


@pytest.mark.parametrize("changed", [
    {"1": {"0": {"s": ["<p>as it was", "</p>"], "0": "see you there"}}},
    {"0": {"d": [["Sam", "see you there"]], "s": ["<b>who it was", "</b>"]}},
    {"0": {"k": {"0": {"0": "Sam", "1": "see you there"}, "kc": 1}}},
    {"c": {"2": {"0": "see you there", "s": ["<p>as it was", "</p>"]}}},
])  # fmt: skip
def test_what_a_live_page_shows_anew_is_read_and_what_stays_is_not(changed: dict[str, Any]) -> None:
    assert diff(changed) == [(Channel.MESSAGE, "see you there")]
    reply = {"status": "ok", "response": {"diff": changed}}
    assert said(frame(live("phx_reply", reply), Direction.SHOWN)) == [(Channel.MESSAGE, "see you there")]


def test_what_changes_nothing_says_nothing() -> None:
    assert said(frame(live("phx_reply", {"status": "ok", "response": {}}), Direction.SHOWN)) == []
    assert diff({"e": [["scroll", {"to": "the very end"}]]}) == []


@pytest.mark.parametrize("value", [
    None, 7, "a", [], {}, ["a"], [1, 2, 3, 4, 5], ["1", "2", 3, "x", {}], ["1", "2", "t", "e", "p"],
    {"topic": 1, "event": 2, "payload": 3, "ref": 4},
])  # fmt: skip
def test_other_messages_are_none_of_its(value: Any) -> None:
    assert parts_of(value) is None
