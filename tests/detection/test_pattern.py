import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.normalise import key
from detection.pattern import MOST, PatternError, expand, fold, inflections, is_open, ways


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("want to die", ("want to die",)),
        ("want to (die|be dead)", ("want to die", "want to be dead")),
        ("(really |)tired", ("really tired", "tired")),
        ("kill~ (him|her)", ("kill him", "kill her", "kills him", "kills her", "killed him", "killed her",
                             "killing him", "killing her")),
        ("to (hit~ you|stop)", ("to hit you", "to hits you", "to hitted you", "to hitting you", "to stop")),
        ("zabij*", ("zabij",)),
        ("  spaces   are  one ", ("spaces are one",)),
    ],
)  # fmt: skip
def test_a_text_stands_for_all_its_ways(text: str, ways: tuple[str, ...]) -> None:
    assert expand(text) == ways


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("cut", "cut cuts cutted cutting"),
        ("hate", "hate hates hated hating"),
        ("bully", "bully bullies bullied bullying"),
        ("punch", "punch punches punched punching"),
        ("threaten", "threaten threatens threatened threatening"),
        ("play", "play plays played playing"),
    ],
)
def test_words_take_their_regular_endings(word: str, forms: str) -> None:
    assert inflections(word) == tuple(forms.split())


@pytest.mark.parametrize("text", ["a (b|c", "a b|c", "(b)", "zabij* mnie", "((a|b)|c)", "a ~ b", "plug (link|@)"])
def test_what_is_not_of_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(PatternError):
        expand(text)


def test_a_text_of_too_many_ways_is_refused_with_their_number() -> None:
    with pytest.raises(PatternError, match="1024 ways"):
        expand("(a|b)" * 10)
    assert MOST < 1024


@pytest.mark.parametrize(("text", "opened"), [("zabij*", True), ("zabij* ", True), ("zabij", False)])
def test_only_a_final_star_leaves_the_ending_open(text: str, opened: bool) -> None:
    assert is_open(text) is opened


def test_ways_are_folded_and_each_is_there_once() -> None:
    assert ways("(Café|cafe) d!e") == ("cafe die",)


@given(st.text(max_size=60))
def test_folding_word_by_word_is_folding(text: str) -> None:
    assert fold(text) == key(text)
