from pathlib import Path

import pytest

from detection.foreign_lists.entry import LeftOut, Place, Reading, Refused
from tests.detection.foreign_lists.entries import an

PLACE = Place(Path("lists/names.csv"), 7)


@pytest.mark.parametrize(
    ("refusal", "line"),
    [
        (Refused("has no phrase"), "lists/names.csv, line 7: has no phrase; left out"),
        (
            Refused("severity is not known", "“Huge”"),
            "lists/names.csv, line 7: severity is not known: “Huge”; left out",
        ),
    ],
)
def test_what_is_left_out_says_where_and_why(refusal: Refused, line: str) -> None:
    assert str(LeftOut(PLACE, refusal)) == line


def test_every_row_of_a_file_is_counted_once() -> None:
    assert Reading((an("one"), an("two")), ("three",), (LeftOut(PLACE, Refused("is empty")),)).rows == 4
