import pytest

from detection.shorthand import SPELT, careless, sayings


@pytest.mark.parametrize(
    ("phrase", "also"),
    [
        ("want to go", "wanna go"),
        ("i am going to leave", "im gonna leave"),
        ("you are ugly", "your ugly"),
        ("do not tell him", "dont tell him"),
        ("how to hide it", "how do i hide it"),
        ("hate myself", "hate my self"),
    ],
)
def test_what_one_says_for_a_phrase(phrase: str, also: str) -> None:
    assert also in sayings(phrase, 100)


def test_the_phrase_itself_comes_first_and_nothing_twice() -> None:
    found = sayings("i am going to tell you how to go", 50)
    assert found[0] == "i am going to tell you how to go"
    assert len(found) == len(set(found)) == 50


def test_a_phrase_without_common_words_is_said_in_one_way() -> None:
    assert sayings("online casino", 100) == ("online casino",)


def test_every_spelling_leads_to_one_that_is_none_itself() -> None:
    assert not set(SPELT) & set(SPELT.values())


@pytest.mark.parametrize(("word", "spelt"), [("smoking", ("smokin",)), ("going", ()), ("weed", ())])
def test_the_last_letter_of_a_longer_ing_is_left_out(word: str, spelt: tuple[str, ...]) -> None:
    assert careless(word) == spelt
