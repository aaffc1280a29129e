"""A group is a year or staff, however it is written."""

import pytest

from appliance import groups


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("Year 12", "Year 12"),
        ("year12", "Year 12"),
        (" Y07 ", "Year 7"),
        ("12", "Year 12"),
        ("reception", "Reception"),
        ("Staff", "staff"),
    ],
)
def test_a_group_is_named_as_people_write_it(written: str, group: str) -> None:
    assert groups.named(written) == group


@pytest.mark.parametrize("written", ["", "Year 14", "Year 0", "everybody", "Year 12B"])
def test_what_is_no_group_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="a group is staff, Reception or Year 1 to Year 13"):
        groups.named(written)


@pytest.mark.parametrize(
    ("role", "year", "group"),
    [("pupil", "12", "Year 12"), ("pupil", "R", "Reception"), ("pupil", "", ""), ("staff", "7", "staff")],
)
def test_a_person_is_in_the_group_that_is_named_so(role: str, year: str, group: str) -> None:
    assert groups.of(role, year) == group
    assert not group or groups.named(group) == group


@pytest.mark.parametrize(("year", "words"), [("7", "Year 7"), ("R", "Reception"), ("Year 9", "Year 9"), ("", "")])
def test_a_school_year_is_said_as_people_say_it(year: str, words: str) -> None:
    assert groups.year_words(year) == words
