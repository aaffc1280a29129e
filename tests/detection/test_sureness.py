import pytest

from detection.library import Category
from detection.opinion import CALM
from detection.sureness import least


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("asked", [True, False])
def test_every_category_has_a_place_and_a_3_needs_more_than_a_2(category: Category, asked: bool) -> None:
    needed = least(category, asked=asked)
    assert CALM < needed.noted < needed.raised < 1


def test_danger_to_oneself_is_believed_sooner_than_an_insult_or_a_crime() -> None:
    for asked in (True, False):
        assert least(Category.SELF_HARM, asked=asked).raised < least(Category.BULLYING, asked=asked).raised
        assert least(Category.ABUSE, asked=asked).raised < least(Category.ILLEGAL, asked=asked).raised


def test_what_is_asked_for_everywhere_needs_more_in_a_search() -> None:
    assert least(Category.ILLEGAL, asked=True).raised > least(Category.ILLEGAL, asked=False).raised
