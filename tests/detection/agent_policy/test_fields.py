"""A field of a policy is of its kind, or refused with its place."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from detection.agent_policy.fields import Fields, PolicyError, moment

SAID = Fields({"a": 1, "b": "text", "c": [1], "d": "2026-03-02", "e": "08:30", "f": "\0"}, "part")


def test_fields_are_read_by_name_and_missing_ones_are_the_plain_ones() -> None:
    assert (SAID.whole("a", 0, 1, 5), SAID.text("b", 9), SAID.listed("c")) == (1, "text", [1])
    assert (SAID.day("d"), SAID.clock("e"), SAID.where("d")) == (date(2026, 3, 2), "08:30", "part.d")
    assert (SAID.whole("x", 3, 1, 5), SAID.text("x", 9, ""), SAID.listed("x"), SAID.truth("x", True)) == (
        3,
        "",
        [],
        True,
    )
    assert SAID.text("f", 9) == "\ufffd"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: SAID.truth("a", True), r"part\.a: must be true or false"),
        (lambda: SAID.whole("a", 0, 2, 5), r"part\.a: must be a whole number from 2 to 5"),
        (lambda: SAID.text("a", 9), r"part\.a: must be a text"),
        (lambda: SAID.text("b", 3), r"part\.b: must be a text of at most 3"),
        (lambda: SAID.text("x", 3), r"part\.x: must be a text"),
        (lambda: SAID.listed("a"), r"part\.a: must be a list"),
        (lambda: SAID.clock("b"), r"part\.b: must be a time"),
        (lambda: SAID.day("b"), r"part\.b: must be a day"),
        (lambda: SAID.made("b", 9, int, "{text!r} is no number"), r"part\.b: 'text' is no number"),
        (lambda: Fields([], "part"), "part: must be a table"),
        (lambda: Fields({"a": 1}, "part", ("b",)), r"part\.a: is not known here; known: b"),
    ],
)
def test_what_is_of_another_kind_is_refused(ask: Callable[[], Any], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        ask()


def test_a_day_ends_at_midnight() -> None:
    assert (moment("24:00"), moment("08:30")) == (time.min, time(8, 30))
