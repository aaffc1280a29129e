from typing import Any

import pytest

from detection.foreign_lists.entry import Refused
from detection.foreign_lists.shelf import Shelf, alike, covers, join
from detection.library import Category, Phrase
from tests.detection.libraries import a


def one(text: str = "go away", **changes: Any) -> Phrase:
    return a(text, **changes)


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        ({}, {}, True),
        ({}, {"near": ("now",)}, True),
        ({"near": ("now",)}, {}, False),
        ({"near": ("now", "here")}, {"near": ("now",)}, True),
        ({"near": ("now",)}, {"near": ("now",), "also": ("here",)}, True),
        ({}, {"channels": ("written",)}, True),
        ({"channels": ("written",)}, {"channels": ("written", "url")}, False),
        ({"severity": 2}, {"severity": 3}, False),
        ({"severity": 4}, {"severity": 3}, True),
        ({"weight": 20}, {}, False),
        ({}, {"weight": 20}, True),
        ({}, {"embedded": True}, False),
        ({"embedded": True}, {"text": "go away*"}, True),
        ({"text": "go away*"}, {}, True),
    ],
)
def test_one_covers_another_that_is_never_found_without_it(
    wide: dict[str, Any], narrow: dict[str, Any], covered: bool
) -> None:
    assert covers(one(**wide), one(**narrow)) is covered


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ({"channels": ("url",)}, {"channels": ("written",)}, {"channels": ("url", "written")}),
        ({"channels": ("url",)}, {}, {}),
        ({"severity": 2}, {"severity": 5}, {"severity": 5}),
        ({"weight": 20}, {"weight": 50}, {"weight": 50}),
        ({"weight": 20}, {}, {}),
        ({"near": ("now",)}, {"near": ("here",)}, {"near": ("now", "here")}),
        ({}, {"embedded": True}, {"embedded": True}),
        ({"text": "go away*"}, {"embedded": True}, {"embedded": True}),
    ],
)
def test_two_that_are_alike_are_joined_so_that_nothing_is_missed(
    first: dict[str, Any], second: dict[str, Any], together: dict[str, Any]
) -> None:
    assert alike(one(**first), one(**second))
    assert join(one(**first), one(**second)) == one(id=one(**first).id, **together)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"near": ("now",)}, {}),
        ({"near": ("now",), "weight": 20}, {"near": ("here",), "weight": 50}),
        ({"near": ("now",), "also": ("here",)}, {"near": ("now",)}),
    ],
)
def test_what_needs_different_things_beside_it_is_not_alike(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert not alike(one(**first), one(**second))


def test_of_several_ways_the_first_that_is_free_is_taken() -> None:
    shelf = Shelf()
    shelf.put((one("poker", weight=10),))
    put = shelf.put((one("poker", near=("bet",), weight=40), one("bet", near=("poker",), weight=40)))
    assert (put.phrase.text, put.joined, len(shelf.phrases)) == ("bet", False, 2)


def test_what_is_said_already_takes_no_place_under_another_word() -> None:
    shelf = Shelf()
    ways = (one("poker", near=("bet",)), one("bet", near=("poker",)))
    shelf.put(ways)
    assert shelf.put(ways[::-1]).joined
    assert [phrase.text for phrase in shelf.phrases] == ["poker"]


def test_the_same_words_have_a_place_in_each_category() -> None:
    shelf = Shelf()
    shelf.put((one("bet you"),))
    assert not shelf.put((one("bet you", category=Category.GAMBLING),)).joined


def test_where_nothing_will_do_it_is_refused() -> None:
    shelf = Shelf()
    shelf.put((one(weight=20),))
    with pytest.raises(Refused, match="is in its category already, on other conditions"):
        shelf.put((one(near=("now",)),))
