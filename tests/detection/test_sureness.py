import pytest

from detection.library import Category
from detection.observation import Channel
from detection.opinion import CALM
from detection.sureness import least

CHANNELS = (Channel.SEARCH, Channel.PROMPT, Channel.MESSAGE, Channel.POST, Channel.DOCUMENT)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_category_has_a_place_and_a_3_needs_more_than_a_2(category: Category, channel: Channel) -> None:
    needed = least(category, channel)
    assert CALM < needed.noted < needed.raised < 1


@pytest.mark.parametrize("channel", CHANNELS)
def test_danger_to_oneself_is_believed_sooner_than_an_insult_or_a_crime(channel: Channel) -> None:
    assert least(Category.SELF_HARM, channel).raised < least(Category.BULLYING, channel).raised
    assert least(Category.ABUSE, channel).raised < least(Category.ILLEGAL, channel).raised


@pytest.mark.parametrize("category", [Category.GROOMING, Category.DRUGS, Category.DISCRIMINATION])
def test_what_is_asked_for_everywhere_needs_more_in_a_search(category: Category) -> None:
    assert least(category, Channel.SEARCH).raised > least(category, Channel.POST).raised


@pytest.mark.parametrize("category", [Category.DISTRESS, Category.SELF_HARM, Category.ABUSE, Category.EXPLOITATION])
def test_a_day_of_being_ill_and_of_chores_needs_more_in_a_message(category: Category) -> None:
    assert least(category, Channel.MESSAGE).raised > least(category, Channel.POST).raised
