from typing import Any

import pytest

from detection.extract.reply_stream import ReplyStream, piece


@pytest.mark.parametrize(
    "event",
    [
        5,
        {},
        {"token": "a secret"},
        {"choices": [{"text": "Paris"}, {"text": "Rome"}], "question": "capital?"},
        {"choices": [{"message": {"role": "assistant", "content": "whole"}, "finish_reason": "stop"}]},
        {"message": {"author": {"name": "bo"}, "content": "hi"}},
        {"done": True, "message": "hi"},
        {"v": "x", "other": 1},
    ],
)
def test_other_events_are_no_pieces(event: Any) -> None:
    assert piece(event) is None


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ({"token": {"id": 5, "text": " hen"}}, " hen"),
        ({"completion": " hen"}, " hen"),
        ({"model": "l", "message": {"role": "assistant", "content": " hen"}, "done": False}, " hen"),
        ({"p": "/message/metadata", "o": "replace", "v": "x"}, ""),
        ({"choices": [{"delta": {}, "finish_reason": "stop"}]}, ""),
    ],
)
def test_pieces_of_the_known_services(event: Any, text: str) -> None:
    assert piece(event) == text


def test_a_service_that_sends_all_so_far_is_not_doubled() -> None:
    stream = ReplyStream()
    for text in ("Why did the", "Why did the hen", "Why did the hen cross"):
        assert stream.take({"completion": text})
    assert stream.text == "Why did the hen cross"
