from typing import Any

import pytest

from detection.extract.json_turns import new_turns, role_of, spoken

TURNS: list[tuple[dict[str, Any], str, str]] = [
    ({"role": "user", "content": "hi"}, "user", "hi"),
    (
        {"role": "Assistant", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
        "assistant",
        "a\nb",
    ),
    ({"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["hi"]}}, "user", "hi"),
    ({"sender": "human", "text": "hi"}, "human", "hi"),
    ({"role": "model", "parts": [{"text": "hi"}]}, "model", "hi"),
]


@pytest.mark.parametrize(("value", "role", "text"), TURNS)
def test_turns_of_the_known_services(value: dict[str, Any], role: str, text: str) -> None:
    assert role_of(value) == role
    assert spoken(value) == text


@pytest.mark.parametrize("value", [{"role": "user", "name": "Bo"}, {"role": "editor", "text": "x"}, {"text": "x"}, {}])
def test_other_objects_are_no_turns(value: dict[str, Any]) -> None:
    assert role_of(value) is None


def test_what_follows_the_last_reply_is_new() -> None:
    asked: Any = {"role": "user", "content": "hi"}
    replied: Any = {"role": "assistant", "content": "hello"}
    assert new_turns([asked, replied, asked]) == [asked]
    assert new_turns([asked]) == [asked]
    assert new_turns([1, "two"]) == [1, "two"]
