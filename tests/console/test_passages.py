"""Words in context: windows round the matches, marked exactly."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.passages import at_length, passages, whole
from detection.marked_text import Piece, Stretch


def spans(*ranges: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end} for start, end in ranges]


def text_of(passage: Stretch) -> str:
    return "".join(piece.text for piece in passage.pieces)


def test_a_short_text_is_shown_whole_with_its_match_marked() -> None:
    assert passages("one two three", spans((4, 7))) == (
        Stretch((Piece("one "), Piece("two", marked=True), Piece(" three")), False, False),
    )


def test_a_long_text_is_cut_round_each_match() -> None:
    text = "a" * 1000 + "HIT" + "b" * 1000 + "HIT" + "c" * 10
    first, second = passages(text, spans((1000, 1003), (2003, 2006)), around=50)
    assert text_of(first) == "a" * 50 + "HIT" + "b" * 50
    assert (first.cut_before, first.cut_after) == (True, True)
    assert text_of(second) == "b" * 50 + "HIT" + "c" * 10
    assert (second.cut_before, second.cut_after) == (True, False)


def test_no_word_is_cut_in_two() -> None:
    text = "words " * 40 + "HIT" + " words" * 40
    (passage,) = passages(text, spans((240, 243)), around=52)
    assert text_of(passage) == "words " * 8 + "HIT" + " words" * 8


def test_a_few_words_more_are_not_left_out() -> None:
    text = "so " * 20 + "HIT" + " so" * 20
    (passage,) = passages(text, spans((60, 63)), around=50)
    assert text_of(passage) == text


def test_overlapping_matches_are_one_mark() -> None:
    (passage,) = passages("0123456789", spans((2, 5), (4, 7)))
    assert [p.text for p in passage.pieces if p.marked] == ["23456"]


def test_without_a_match_the_start_is_shown() -> None:
    (passage,) = passages("x" * 1000, [], around=100)
    assert (len(text_of(passage)), passage.cut_after) == (200, True)


def test_a_very_long_text_is_never_drawn_whole() -> None:
    text = "a" * 30_000 + "HIT"
    (passage,) = at_length(text, spans((30_000, 30_003)))
    assert len(text_of(passage)) < 5_000
    (short,) = at_length("a HIT", spans((2, 5)))
    assert text_of(short) == "a HIT"


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80)), max_size=5))
def test_whatever_the_ranges_the_whole_text_is_shown_once(text: str, ranges: list[tuple[int, int]]) -> None:
    assert text_of(whole(text, spans(*ranges))) == text
