"""What speaks against a change is said in words, and what weakens the gravest phrases takes two."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from detection.layer_checks import problems, withdrawal_problems
from detection.layers import Act, Add, Change, Ignore, Regrade
from detection.library import Category, Phrase
from detection.matcher import MOST_APART
from tests.detection.factories import NOW
from tests.detection.libraries import a, library

TODAY = NOW.date()
IN_30 = TODAY + timedelta(days=30)
AWAY = a("go away")
GRAVE = a("end it all", Category.SUICIDE, 5)
MILD = a("feeling low", Category.SELF_HARM, 3)
SHIPPED = library(AWAY, GRAVE, MILD)
TWO = {"second": "Kim Lane"}


def change(act: Act, **more: Any) -> Change:
    return Change(**{"act": act, "by": "Jo Bell", "at": NOW, "why": "asked for", **more})


def own(text: str = "purple giraffe", **more: Any) -> Add:
    return Add(a(text, **{"hits": (f"you {text}",), **more}))


def found(*changes: Change, people: frozenset[str] = frozenset()) -> str:
    """What speaks against the last of them, made after the others."""
    *before, last = changes
    return "\n".join(problems(last, SHIPPED, [tuple(before)], people, TODAY))


@pytest.mark.parametrize(
    "good",
    [
        change(own()),
        change(own(misses=("a green giraffe",))),
        change(own(), expires=TODAY),
        change(Ignore(AWAY.id)),
        change(Ignore(MILD.id)),
        change(Ignore(GRAVE.id), **TWO),
        change(Regrade(AWAY.id, 5)),
        change(Regrade(GRAVE.id, 3), **TWO),
        change(Regrade(MILD.id, 1), **TWO),
        change(Regrade(AWAY.id, 1)),
        change(own("join the union"), expires=IN_30, **TWO),
        change(own("gay lessons")),
        change(own("autistic", near=("screech",), hits=("autistic screech",))),
    ],
    ids=lambda change: str(change.act)[:60],
)
def test_a_change_that_may_be_made(good: Change) -> None:
    assert found(good) == ""


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (change(Ignore(AWAY.id), by=" "), "say who makes the change"),
        (change(Ignore(AWAY.id), why=""), "a change needs a reason"),
        (change(Ignore(AWAY.id), second="jo  BELL"), "must be another person"),
        (change(Ignore(AWAY.id), expires=date(2026, 3, 1)), "2026-03-01 is past"),
        (change(Ignore("en.bullying.none")), "en.bullying.none: there is no such phrase"),
        (change(Regrade(AWAY.id, 6)), "must be 1 to 5"),
        (change(Regrade(AWAY.id, AWAY.severity)), "is of severity 3 already"),
        (change(own(severity=7)), "severity: must be 1 to 5"),
        (change(own("ab")), "too short to look for"),
        (change(own(hits=())), "hits: is required and missing"),
        (change(own(near=("@animal",))), "no list of words is called @animal"),
        (change(own(id="en.drugs.purple")), "an id is <language>.<category>.<name>"),
        (change(own(id=AWAY.id)), "there is a phrase of this id already"),
        (change(own("go away", id="en.bullying.other")), f"the same as {AWAY.id}"),
        (change(own(hits=("a green giraffe",))), "is not found in its own hit"),
        (change(own(misses=("my purple giraffe",))), "is found in its own miss"),
        (
            change(Ignore(GRAVE.id)),
            "exploitation or honour-based abuse of severity 4 or more is weakened only with a second",
        ),
        (change(Regrade(GRAVE.id, 4)), "only with a second person"),
        (change(Ignore(GRAVE.id), second="Jo Bell"), "only with a second person"),
        (change(Regrade(MILD.id, 1)), "that needs a second person"),
        (change(own("end it all well", category=Category.SUICIDE, severity=1)), "takes graver ones inside it along"),
        (change(own("gay")), "no more than who somebody is"),
        (change(own("(autistic|depressed)")), "no more than who somebody is"),
        (change(own("muslim*"), expires=IN_30, **TWO), "no more than who somebody is"),
        (change(own("join the union")), "it is about trade unions; that needs a second person"),
        (change(own("moan to camhs")), "it is about helplines and asking for help; that needs a second person"),
        (change(own("join the union"), expires=IN_30), "trade unions"),
        (change(own("join the union"), **TWO), "trade unions"),
        (change(own("join the union"), expires=IN_30 + timedelta(days=1), **TWO), "an end within 30 days"),
        (change(own("join the union"), expires=IN_30, second="Jo Bell"), "trade unions"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_that_may_not_be_made(bad: Change, reason: str) -> None:
    assert reason in found(bad)


def test_a_phrase_that_names_somebody_on_roll_needs_two_people_and_an_end() -> None:
    people = frozenset({"Hannah Orange"})
    assert "a person on roll" in found(change(own("hannah smells")), people=people)
    assert found(change(own("hannah smells"), expires=IN_30, **TWO), people=people) == ""


def test_lowering_in_two_steps_does_not_go_round_the_rule() -> None:
    lowered = change(Regrade(GRAVE.id, 3), **TWO)
    assert "only with a second person" in found(lowered, change(Ignore(GRAVE.id)))


def many(count: int) -> list[Change]:
    """Phrases of a group's own."""
    words = [f"{first}{second}giraffe" for first in "bcdfghjklmn" for second in "abcdefghij"][:count]
    return [change(own(f"purple {word}"), group="Year 12") for word in words]


def test_a_group_has_room_for_so_many_phrases_and_what_it_ignores_takes_none() -> None:
    assert found(*many(MOST_APART)) == ""
    full = found(*many(MOST_APART + 1))
    assert full.startswith(f"Year 12: {MOST_APART} phrases are added or graded otherwise for this group")
    assert found(*many(MOST_APART), change(Ignore(AWAY.id), group="Year 12")) == ""
    (first, *_) = many(1)
    assert found(*many(MOST_APART), change(Regrade(first.act.phrase_id, 1), group="Year 12")) == ""


def test_a_school_has_room_for_as_many_as_it_likes() -> None:
    assert found(*(replace(each, group="") for each in many(MOST_APART + 1))) == ""


def test_what_is_ignored_already_is_said_to_be() -> None:
    assert "is ignored already" in found(change(Ignore(AWAY.id)), change(Ignore(AWAY.id)))


@pytest.mark.parametrize(
    ("act", "second", "refused"),
    [
        (Ignore(GRAVE.id), "", False),
        (Regrade(GRAVE.id, 5), "", True),
        (Regrade(GRAVE.id, 5), "Kim Lane", False),
        (Regrade(AWAY.id, 5), "", False),
        (own("it is all over", category=Category.SUICIDE, severity=5), "", True),
        (own(), "", False),
    ],
    ids=str,
)
def test_taking_a_grave_phrase_back_takes_two_as_well(act: Act, second: str, refused: bool) -> None:
    made = change(act)
    assert bool(withdrawal_problems(made, "Jo Bell", second, SHIPPED, [(made,)], TODAY)) is refused


def test_the_same_text_in_another_category_is_no_repetition() -> None:
    phrase: Phrase = a("go away", Category.DISTRESS, hits=("go away now",))
    assert found(change(Add(phrase))) == ""
