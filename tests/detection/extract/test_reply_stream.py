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
        ({"choices": [{"delta": {}, "finish_reason": "stop"}]}, ""),
        ({"type": "response.output_text.delta", "delta": " hen"}, " hen"),
        ({"type": "response.function_call_arguments.delta", "delta": "{hen"}, ""),
        ({"type": "response.output_text.done", "text": "the whole of it"}, ""),
    ],
)
def test_pieces_of_the_known_services(event: Any, text: str) -> None:
    assert piece(event) == text


def test_a_service_that_sends_all_so_far_is_not_doubled() -> None:
    stream = ReplyStream()
    for text in ("Why did the", "Why did the hen", "Why did the hen cross"):
        assert stream.take({"completion": text})
    assert stream.text == "Why did the hen cross"


def test_a_list_of_pieces_is_taken_and_a_list_of_anything_else_is_not() -> None:
    stream = ReplyStream()
    assert stream.take([{"completion": "Why did"}, {"completion": " the hen"}])
    assert not stream.take([{"completion": " cross"}, {"title": "News"}])
    assert not stream.take([])
    assert stream.text == "Why did the hen"
