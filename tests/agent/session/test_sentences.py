"""Sentences in any script: together they are the text, and each ends where a reader would say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.session.sentences import GAP, LONGEST, has_ended, says_something, shortened, spans, words_within


@given(st.text(alphabet="ab .!?\n。é" + GAP, max_size=40))
def test_all_sentences_together_are_the_text(text: str) -> None:
    assert "".join(text[low:high] for low, high in spans(text)) == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I am here. You too?", "I am here. "),
        ("“Stop!” he said", "“Stop!” "),
        ("Как дела? Хорошо", "Как дела? "),
        ("我很好。你呢", "我很好。"),
        ("نعم؟ لا", "نعم؟ "),
        ("one line\nanother", "one line\n"),
        ("costs 3.50 at example.com", "costs 3.50 at example.com"),
    ],
)
def test_a_sentence_ends_where_a_reader_would_say_so(text: str, first: str) -> None:
    low, high = spans(text)[0]
    assert text[low:high] == first
    assert has_ended(text, len(first)) == (first != text)


@pytest.mark.parametrize(
    ("text", "low", "high", "count"),
    [
        ("I like cats", 7, 11, 1),
        ("I like cats", 9, 11, 0),
        ("I like cats", 2, 11, 2),
        ("don't", 0, 5, 1),
        ("我想回家", 2, 4, 2),
        ("…", 0, 1, 0),
    ],
)
def test_words_are_counted_whole_where_words_have_spaces(text: str, low: int, high: int, count: int) -> None:
    assert words_within(text, low, high) == count


def test_of_a_sentence_without_end_what_lies_round_the_newest_is_said() -> None:
    text = "a" * 5000 + " here " + "b" * 5000
    kept = shortened(text, 5001, 5005)
    assert " here " in kept
    assert len(kept) <= LONGEST


@pytest.mark.parametrize("text", ["", " ", "...", GAP])
def test_what_has_no_letter_says_nothing(text: str) -> None:
    assert not says_something(text)
