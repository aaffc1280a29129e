from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.library import Category
from detection.model.second_opinion import MOST_PASSAGES, PASSAGE, SecondOpinion, passages
from detection.observation import Channel
from detection.opinion import severity_of

SECOND = SecondOpinion()


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("everyone would be better off if i wasnt here anymore", {Category.SUICIDE, Category.DISTRESS}),
        ("my mums boyfriend scares me when he has been drinking, he threw a plate at me", {Category.ABUSE}),
        ("dont tell your mum we talk, add me on snap instead, you seem so mature", {Category.GROOMING}),
    ],
)
def test_danger_is_heard_without_any_phrase(text: str, categories: set[Category]) -> None:
    opinion = SECOND.read(text)
    assert opinion
    assert opinion.probability > 0.5
    assert opinion.category in categories


@pytest.mark.parametrize(
    "text",
    [
        "what time does the library close on saturday",
        "write a short poem about a rainy monday in wales",
        "whats for dinner mum, ill be home by six",
        "gonna kill him on fifa tonight",
        "omg miss is so annoying today",
        "dont tell mum about her present",
        "im so dead lol",
    ],
)
def test_ordinary_words_are_worth_nothing(text: str) -> None:
    opinion = SECOND.read(text)
    assert opinion
    assert severity_of(opinion, Channel.MESSAGE) == 0


def test_the_more_there_is_to_read_the_surer_it_must_be() -> None:
    grave = "nobody would miss me if i was not here anymore. " * 5 + "\n"
    alone, among = SECOND.read(grave), SECOND.read(grave + "We bought apples for the cake and went home. " * 40)
    assert alone
    assert among
    assert alone.probability > among.probability > 0.5


def test_the_gravest_passage_is_the_one_that_is_shown() -> None:
    calm = "We went to the market and bought apples for the cake. The sun was out all day. " * 6
    grave = "I do not want to be alive anymore, nobody would miss me."
    opinion = SECOND.read(calm + grave)
    assert opinion
    assert grave in (calm + grave)[opinion.start : opinion.end]


def test_of_what_is_shown_only_the_passages_round_a_phrase_are_read() -> None:
    calm, grave = "We went to the market and bought apples. " * 10, "I do not want to be alive anymore. " * 9
    text, wanted = f"{calm}\n{grave}", "bought apples"
    opinion = SECOND.read(text, [(calm.index(wanted), calm.index(wanted) + len(wanted))])
    assert opinion
    assert opinion.probability < 0.5
    assert wanted in text[opinion.start : opinion.end]


@pytest.mark.parametrize("text", ["", "ok", "12345 67890", "?!", "xxxxxxxxxx", "XOXOXOXO xxxxxx"])
def test_too_little_to_read_has_no_opinion(text: str) -> None:
    assert SECOND.read(text) is None


@pytest.mark.parametrize("said", ["night", "see you tomorrow mum", "happy birthday nan"])
def test_kisses_say_nothing(said: str) -> None:
    with_kisses, without = SECOND.read(f"{said} xxxxxxxxxxxxxxxx"), SECOND.read(said)
    assert (with_kisses and with_kisses.probability) == (without and without.probability)


@given(st.text(max_size=1200))
def test_passages_lie_within_any_text_one_after_the_other(text: str) -> None:
    ranges = list(passages(text))
    assert len(ranges) <= MOST_PASSAGES
    assert all(0 <= start < end <= len(text) and end - start <= PASSAGE for start, end in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))
