import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.foreign_lists import wording
from detection.foreign_lists.entry import Part
from detection.library_file import _NAME
from detection.normalise import key
from detection.pattern import expand

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("go  away", "go away"),
        ("Don’t!", "Don’t!"),
        ("this (really)", "this really"),
        ("l*ser", "l ser"),
        ("@everyone", "everyone"),
        ("me@you", "me@you"),
    ],
)
def test_nothing_in_theirs_means_more_than_it_says(words: str, plain: str) -> None:
    assert wording.plain(words) == plain


@given(ANY_TEXT)
def test_a_text_stands_for_itself_alone(words: str) -> None:
    assert [key(each) for each in expand(wording.text(Part(words)))] == [key(words)]


def test_any_ending_is_a_star() -> None:
    assert wording.text(Part("gambl", open=True)) == "gambl*"


@pytest.mark.parametrize(
    ("words", "name"),
    [("Go away!", "go-away"), ("l0ser", "loser"), ("иди домой", "-[0-9a-f]{8}"), ("many words " * 20, "many-words-.*")],
)
def test_a_name_is_made_of_the_words(words: str, name: str) -> None:
    assert re.search(f"{name}$", f"-{wording.name(words)}")


@given(ANY_TEXT)
def test_any_words_have_a_name_a_library_takes(words: str) -> None:
    assert _NAME.fullmatch(wording.name(words))
