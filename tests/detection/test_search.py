import pytest

from detection.library import Category
from detection.search import LetterSearch, WordSearch
from detection.word_tables import MOST_SAYINGS
from tests.detection.libraries import a, library


@pytest.mark.parametrize(
    ("phrase", "text", "ranges"),
    [
        ("nobody likes you", "well nobody likes u anyway", [(1, 4)]),
        ("hate", "i hate cats and hate dogs", [(1, 2), (4, 5)]),
        ("zabij*", "on mnie zabije", [(2, 3)]),
        ("(buy|sell) it", "buy it sell it", [(0, 2), (2, 4)]),
        ("hate", "hateful", []),
        ("hate", "", []),
    ],
)
def test_words_are_found_by_their_number(phrase: str, text: str, ranges: list[tuple[int, int]]) -> None:
    assert [(first, end) for first, end, _ in WordSearch(library(a(phrase))).find(text.split())] == ranges


def test_letters_are_found_inside_a_word() -> None:
    inside = LetterSearch(library(a("vape", Category.DRUGS, embedded=True), a("shop")))
    assert [(first, end) for first, end, _ in inside.find(" the vapeshop ")] == [(5, 9)]


def test_phrases_that_read_alike_are_all_found() -> None:
    known = WordSearch(library(a("you are sad"), a("u r sad", Category.DISTRESS)))
    assert {sought.phrase.category for *_, sought in known.find(["you", "r", "sad"])} == {"bullying", "distress"}


def test_a_phrase_of_many_ways_is_found_in_each_of_them_though_not_in_every_saying() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MOST_SAYINGS)]
    known = WordSearch(library(a(f"how to ({'|'.join(words)})")))
    assert all(list(known.find(["how", "to", word])) for word in words)
