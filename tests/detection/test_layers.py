"""Of the shipped library, the trust's changes and the school's, the nearest has the last word."""

from dataclasses import replace
from datetime import date

import pytest

from detection.layers import Act, Add, Change, Ignore, Regrade, apply, definitions
from tests.detection.factories import NOW
from tests.detection.libraries import a, library

TODAY = date(2026, 3, 2)
AWAY, LOST, OWN = a("go away", severity=3), a("get lost", severity=2), a("purple giraffe", severity=2)
SHIPPED = library(AWAY, LOST)


def change(act: Act, **more: object) -> Change:
    return replace(Change(act=act, by="Jo Bell", at=NOW, why="asked for"), **more)


def grades(*layers: tuple[Act, ...]) -> dict[str, int]:
    made = apply(SHIPPED, [tuple(map(change, layer)) for layer in layers], TODAY)
    return {phrase.text: phrase.severity for phrase in made.phrases}


@pytest.mark.parametrize(
    ("trust", "school", "wanted"),
    [
        ((), (), {"go away": 3, "get lost": 2}),
        ((Ignore(AWAY.id),), (), {"get lost": 2}),
        ((), (Ignore(AWAY.id), Regrade(LOST.id, 4)), {"get lost": 4}),
        ((), (Add(OWN),), {"go away": 3, "get lost": 2, "purple giraffe": 2}),
        ((Ignore(AWAY.id),), (Regrade(AWAY.id, 1),), {"go away": 1, "get lost": 2}),
        ((Regrade(AWAY.id, 5),), (Ignore(AWAY.id),), {"get lost": 2}),
        ((Add(OWN),), (Regrade(OWN.id, 5),), {"go away": 3, "get lost": 2, "purple giraffe": 5}),
        ((Add(OWN),), (Ignore(OWN.id),), {"go away": 3, "get lost": 2}),
        ((), (Regrade(AWAY.id, 4), Regrade(AWAY.id, 1)), {"go away": 1, "get lost": 2}),
        ((Ignore("en.bullying.dropped"),), (Regrade("en.bullying.dropped", 5),), {"go away": 3, "get lost": 2}),
    ],
)
def test_the_nearest_wins(trust: tuple[Act, ...], school: tuple[Act, ...], wanted: dict[str, int]) -> None:
    assert grades(trust, school) == wanted


def test_a_groups_change_wins_over_the_schools_and_the_trusts() -> None:
    layers = (Regrade(AWAY.id, 5), Ignore(LOST.id)), (Regrade(AWAY.id, 1),), (Regrade(AWAY.id, 4), Regrade(LOST.id, 3))
    assert grades(*layers) == {"go away": 4, "get lost": 3}


@pytest.mark.parametrize(("expires", "counts"), [(None, True), (TODAY, True), (date(2026, 3, 1), False)])
def test_a_change_counts_to_the_end_of_its_last_day(expires: date | None, counts: bool) -> None:
    made = apply(SHIPPED, [(change(Ignore(AWAY.id), expires=expires),)], TODAY)
    assert (AWAY not in made.phrases) is counts


def test_without_changes_the_version_is_the_shipped_one_and_its_words_are_kept() -> None:
    with_words = replace(SHIPPED, words={"en.animal": ("giraffe",)})
    assert apply(with_words, [(), ()], TODAY).version == with_words.version
    assert apply(with_words, [(change(Ignore(AWAY.id)),)], TODAY).words == with_words.words


def test_what_is_ignored_or_regraded_is_still_defined_as_it_was() -> None:
    layers = [(change(Ignore(AWAY.id)), change(Regrade(LOST.id, 5)), change(Add(OWN)))]
    assert definitions(SHIPPED, layers, TODAY) == {each.id: each for each in (AWAY, LOST, OWN)}
