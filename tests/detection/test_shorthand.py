import pytest

from detection.shorthand import MOST, spellings


@pytest.mark.parametrize(
    ("phrase", "also"),
    [
        ("want to go", "wanna go"),
        ("i am going to leave", "im gonna leave"),
        ("you are ugly", "ur ugly"),
        ("do not tell your mum", "dont tell ur mam"),
        ("how to hide it", "how do i hide it"),
        ("smoking weed", "smokin weed"),
        ("hate myself", "hate my self"),
    ],
)
def test_a_phrase_is_spelt_in_the_short_way_too(phrase: str, also: str) -> None:
    assert also in spellings(phrase)


def test_the_phrase_itself_comes_first_and_no_spelling_twice() -> None:
    found = spellings("i am going to tell your mum about you")
    assert found[0] == "i am going to tell your mum about you"
    assert len(found) == len(set(found)) <= MOST


def test_a_phrase_without_common_words_has_one_spelling() -> None:
    assert spellings("online casino") == ("online casino",)
