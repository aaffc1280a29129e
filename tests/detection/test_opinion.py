import pytest

from detection.library import Category
from detection.observation import Channel
from detection.opinion import Opinion, as_match, severity_of


def opinion(probability: float, category: Category = Category.SELF_HARM, start: int = 0, end: int = 6) -> Opinion:
    return Opinion(category=category, probability=probability, start=start, end=end, version="v1")


@pytest.mark.parametrize(
    ("probability", "category", "channel", "severity"),
    [
        (0.97, Category.SUICIDE, Channel.MESSAGE, 3),
        (0.85, Category.SUICIDE, Channel.MESSAGE, 2),
        (0.93, Category.SUICIDE, Channel.SEARCH, 3),
        (0.70, Category.SUICIDE, Channel.MESSAGE, 0),
        (0.93, Category.BULLYING, Channel.MESSAGE, 2),
        (0.97, Category.BULLYING, Channel.MESSAGE, 3),
        (0.999, Category.ILLEGAL, Channel.PROMPT, 3),
        (0.95, Category.ILLEGAL, Channel.PROMPT, 0),
    ],
)
def test_danger_to_oneself_is_raised_sooner_and_three_is_the_most(
    probability: float, category: Category, channel: Channel, severity: int
) -> None:
    assert severity_of(opinion(probability, category), channel) == severity


def test_it_is_shown_like_a_phrase_that_was_found() -> None:
    match = as_match(opinion(0.95, start=5, end=11), "well, rivers", 3)
    assert (match.phrase.id, match.phrase.severity, match.written) == ("model.self-harm", 3, " river")
