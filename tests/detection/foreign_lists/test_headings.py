import pytest

from detection.foreign_lists.entry import Refused, Wanted
from detection.foreign_lists.headings import HEADINGS, category_of
from detection.library import Category


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("self-harm", Category.SELF_HARM),
        ("Self Harm", Category.SELF_HARM),
        ("Bullying & Trolling", Category.BULLYING),
        ("Domestic Violence", Category.ABUSE),
        ("Violence", Category.VIOLENCE),
        ("Illegal Drugs (Portuguese)", Category.DRUGS),
        ("IllegalDrugs", Category.DRUGS),
        ("Hate speech online", Category.DISCRIMINATION),
        ("Counter-terrorism / Prevent", Category.EXTREMISM),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, category: Category) -> None:
    assert category_of(heading, Wanted(Category.GAMBLING), "type") is category


def test_every_category_is_known_by_its_own_name() -> None:
    assert [category_of(category, Wanted(), "type") for category in Category] == list(Category)


def test_no_heading_stands_for_two_categories() -> None:
    headings = [heading.strip() for _, row in HEADINGS for heading in row.split(",")]
    assert len(headings) == len(set(headings))


def test_every_category_has_a_row_of_headings() -> None:
    assert {category for category, _ in HEADINGS} == set(Category)


@pytest.mark.parametrize("heading", ["", "Sport", "Year 9 list", "Abusement park", "LGBT"])
def test_any_other_heading_takes_the_category_that_was_named(heading: str) -> None:
    assert category_of(heading, Wanted(Category.GAMBLING), "type") is Category.GAMBLING


@pytest.mark.parametrize(("heading", "reason"), [("", "has no type"), ("Sport", "type “Sport” belongs to no category")])
def test_without_one_the_row_is_refused(heading: str, reason: str) -> None:
    with pytest.raises(Refused, match=f"{reason}; name .* with --category"):
        category_of(heading, Wanted(), "type")
