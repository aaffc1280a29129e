import pytest

from detection.reach import nearest_first, reached

SMALL = frozenset({"a", "to"})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("not", 0),
        ("not to", 0),
        ("not a to", 0),
        ("not a a to", None),
        ("not going to", None),
        ("to", None),
        ("", None),
    ],
)
def test_a_word_reaches_across_small_words_but_not_across_more_than_so_many(words: str, found: int | None) -> None:
    before = words.split()
    assert reached({"not"}, before, nearest_first(before, 2), SMALL) == found


def test_of_several_the_nearest_is_found() -> None:
    before = ["not", "a", "not", "to"]
    assert reached({"not"}, before, nearest_first(before, 4), SMALL) == 2
