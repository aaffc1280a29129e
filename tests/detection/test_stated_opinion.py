"""What the second opinion counted for is told as it was, whatever phrases stood beside it."""

import pytest

from detection.grading import grade
from detection.library import Category, Stage, Voice
from detection.matcher import Matcher
from detection.observation import Channel
from detection.opinion import Opinion
from detection.stated_opinion import HARMLESS, LONGEST_PASSAGE, Effect, StatedOpinion, combined, is_of_library, likely
from tests.detection.factories import observation, stated_opinion
from tests.detection.libraries import a, library

KNOWN = Matcher(
    library(
        a("nobody likes you", severity=3),
        a("smoke weed", Category.DRUGS, 4),
        a("cut myself", Category.SELF_HARM, 4, voice=Voice.OWN),
        a("so numb", Category.SELF_HARM, 2),
        a("bring a knife", Category.VIOLENCE, 4, stage=Stage.PLAN),
    )
)


def stated(text: str, probability: float, category: Category = Category.SELF_HARM) -> tuple[StatedOpinion, list[str]]:
    """With the ids of what counted."""
    seen = observation(text=text, channel=Channel.MESSAGE)
    opinion = Opinion(category=category, probability=probability, start=0, end=len(text), version="m1")
    found = grade(seen, KNOWN.find(text), library_version="v1", opinion=opinion)
    assert found is not None
    assert found.opinion is not None
    return found.opinion, [match.phrase.id for match in found.matches]


@pytest.mark.parametrize(
    ("text", "probability", "effect", "said"),
    [
        ("see you at lunch", 0.97, Effect.RAISED, "No phrase of the library matches; only the second opinion"),
        ("nobody likes you, i feel down", 0.97, Effect.RAISED, "Here the second opinion leads."),
        ("nobody likes you", 0.90, Effect.RAISED, "Here a phrase leads."),
        ("i cut myself", 0.97, Effect.AGREED, "changes nothing"),
        ("nobody likes you", 0.20, Effect.UNSURE, "the phrases alone"),
        ("nobody likes you", 0.01, Effect.LOWERED, "counts one less"),
        ("i cut myself", 0.01, Effect.OVERRULED, "lowers nothing"),
        ("i bring a knife", 0.01, Effect.OVERRULED, "lowers nothing"),
    ],
)
def test_what_it_counted_for_is_told(text: str, probability: float, effect: Effect, said: str) -> None:
    opinion, found = stated(text, probability)
    assert opinion.effect is effect
    assert (opinion.effect in HARMLESS) is (probability < 0.05)
    assert said in combined(opinion.effect, found)


def test_a_phrase_is_confirmed_by_what_would_not_raise_it_alone() -> None:
    opinion, found = stated("so numb", 0.7, Category.BULLYING)
    assert opinion.effect is Effect.CONFIRMED
    assert "together a 3" in combined(opinion.effect, found)


def test_it_is_told_as_written_and_bounded() -> None:
    assert stated("  see you\n at lunch ", 0.97)[0].passage == "see you\n at lunch"
    long = stated("see you at lunch " * 30, 0.97)[0].passage
    assert (len(long), long[-1]) == (LONGEST_PASSAGE, "…")


def test_its_passage_is_marked_like_a_phrase_and_is_told_from_one() -> None:
    _, found = stated("nobody likes you, i feel down", 0.97)
    assert [is_of_library(id) for id in found] == [False, True]


def test_every_effect_has_its_words() -> None:
    assert all(combined(effect, ["en.bullying.x"]) for effect in Effect)
    assert stated_opinion().effect in Effect


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "under 1 %"), (0.004, "under 1 %"), (0.02, "2 %"), (0.97, "97 %"), (0.994, "99 %"), (0.9999, "over 99 %")],
)
def test_what_is_rounded_never_looks_certain(probability: float, said: str) -> None:
    assert likely(probability).replace("\u00a0", " ") == said
