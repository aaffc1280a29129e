from dataclasses import replace
from typing import Any

import pytest

from appliance.detected_differences import Difference, compared
from appliance.detected_fields import Fields, fields_of
from detection.library import Category
from detection.observation import Mark
from tests.detection.factories import detection, match, observation, phrase, stated_opinion

PLACE = "en.bullying.nobody-likes-you (bullying 3) at 0 to 16"
OTHER = match(phrase=phrase(id="en.bullying.go-away", severity=2), start=18, end=25, written="go away")


def fields(**changes: Any) -> Fields:
    made = fields_of(detection(**changes))
    assert made
    return made


def test_equal_is_no_difference() -> None:
    assert compared(fields(), fields()) == ()


def test_where_nothing_is_raised_that_is_the_difference() -> None:
    said = fields(category=Category.BULLYING, severity=3)
    assert compared(said, None) == (Difference(field="detection", stored="bullying 3", derived="nothing is raised"),)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({"severity": 3}, {"severity": 4}, ("severity", "3", "4")),
        ({"engine_version": "3"}, {"engine_version": "4"}, ("engine_version", "3", "4")),
        ({"matches": (match(),)}, {"matches": ()}, ("match", PLACE, "not found")),
        ({"matches": ()}, {"matches": (match(),)}, ("match", "not found", PLACE)),
        (
            {"matches": (match(),)},
            {"matches": (match(written="nobody Likes you"),)},
            (f"match {PLACE}", "its words", "other words"),
        ),
        (
            {"matches": (match(), OTHER)},
            {"matches": (OTHER, match())},
            ("matches", "in that order", "in another order"),
        ),
        ({"opinion": None}, {"opinion": stated_opinion()}, ("opinion", "none", "bullying 0.97")),
        (
            {"opinion": stated_opinion()},
            {"opinion": stated_opinion(probability=0.5)},
            ("opinion.probability", "0.97", "0.5"),
        ),
        (
            {"opinion": stated_opinion()},
            {"opinion": stated_opinion(passage="go away")},
            ("opinion.passage", "its words", "other words"),
        ),
        (
            {"reasons": ("One.", "Two.")},
            {"reasons": ("One.", "Three.")},
            ("reasons", "2 sentences", "2 sentences, 1 of them in their place"),
        ),
        ({"once": "a"}, {"once": "b"}, ("once", "of person, conversation and sentence", "another")),
        (
            {},
            {"observation": replace(observation(), marks=frozenset({Mark.HELP_SEEKING}))},
            ("marks", "none", "help-seeking"),
        ),
    ],
)
def test_a_difference_is_said_in_ids_and_figures(
    was: dict[str, Any], now: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    field, stored, derived = expected
    assert compared(fields(**was), fields(**now)) == (Difference(field=field, stored=stored, derived=derived),)
