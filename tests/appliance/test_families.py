"""Every category has its place."""

from appliance.families import FAMILIES, family
from detection.library import Category


def test_every_category_is_in_exactly_one_family() -> None:
    assert sorted(category for each in FAMILIES for category in each) == sorted(Category)


def test_distress_and_self_harm_are_one_kind_of_concern() -> None:
    assert family(Category.DISTRESS) == family(Category.SELF_HARM)
    assert family(Category.DISTRESS) != family(Category.BULLYING)
