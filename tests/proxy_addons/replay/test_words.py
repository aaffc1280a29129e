import pytest

from detection.marked_text import Piece, Stretch
from proxy_addons.replay.words import AROUND, MOST, stretches

TABLE = {
    "whole": ("oh dear me", [(3, 7)], [Stretch((Piece("oh "), Piece("dear", True), Piece(" me")), False, False)]),
    "at the ends": ("dear", [(0, 4)], [Stretch((Piece("dear", True),), False, False)]),
    "overlapping": ("abcdef", [(3, 5), (1, 4)], [Stretch((Piece("a"), Piece("bcde", True), Piece("f")), False, False)]),
    "outside": (
        "abc",
        [(-5, 1), (2, 99), (50, 60)],
        [Stretch((Piece("a", True), Piece("b"), Piece("c", True)), False, False)],
    ),
    "none": ("abc", [], [Stretch((Piece("abc"),), False, False)]),
    "empty": ("", [(0, 3)], [Stretch((), False, False)]),
}


@pytest.mark.parametrize("which", TABLE)
def test_a_short_text_is_whole_with_its_words_marked(which: str) -> None:
    text, ranges, expected = TABLE[which]
    assert stretches(text, ranges) == tuple(expected)


def test_of_a_long_text_there_is_what_stands_around_each_match() -> None:
    text = "x" * 1000 + "dear" + "y" * 1000 + "dear" + "z" * 1000
    first, second = stretches(text, [(1000, 1004), (2004, 2008)])
    assert first.pieces == (Piece("x" * AROUND), Piece("dear", True), Piece("y" * AROUND))
    assert second.pieces[-1] == Piece("z" * AROUND)
    assert [(each.cut_before, each.cut_after) for each in (first, second)] == [(True, True)] * 2
    (only,) = stretches("x" * 5000, [])
    assert (len(only.pieces[0].text), only.cut_after) == (2 * AROUND, True)


def test_a_text_full_of_matches_is_not_all_shown() -> None:
    assert len(stretches("x" * 100_000, [(n, n + 1) for n in range(0, 100_000, 5000)])) == MOST
