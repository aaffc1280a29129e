import pytest

from detection.library import Category
from detection.observation import Channel, Direction
from detection.opinion import Opinion, Stance, alone, as_match, severity_of, stance_of
from tests.detection.factories import observation


def opinion(probability: float, category: Category = Category.SELF_HARM, start: int = 0, end: int = 6) -> Opinion:
    return Opinion(category=category, probability=probability, start=start, end=end, version="v1")


@pytest.mark.parametrize(
    ("probability", "category", "channel", "severity"),
    [
        (0.97, Category.SUICIDE, Channel.MESSAGE, 3),
        (0.42, Category.SUICIDE, Channel.MESSAGE, 2),
        (0.60, Category.SUICIDE, Channel.MESSAGE, 2),
        (0.60, Category.SUICIDE, Channel.POST, 3),
        (0.90, Category.SUICIDE, Channel.SEARCH, 3),
        (0.20, Category.SUICIDE, Channel.MESSAGE, 0),
        (0.79, Category.BULLYING, Channel.MESSAGE, 2),
        (0.97, Category.BULLYING, Channel.MESSAGE, 3),
        (0.999, Category.ILLEGAL, Channel.PROMPT, 3),
        (0.80, Category.ILLEGAL, Channel.PROMPT, 0),
    ],
)
def test_danger_to_oneself_is_raised_sooner_and_three_is_the_most(
    probability: float, category: Category, channel: Channel, severity: int
) -> None:
    assert severity_of(opinion(probability, category), channel) == severity


@pytest.mark.parametrize(
    ("probability", "direction", "stance"),
    [
        (0.65, Direction.WRITTEN, Stance.CONCERNED),
        (0.45, Direction.WRITTEN, Stance.OPEN),
        (0.99, Direction.SHOWN, Stance.OPEN),
        (0.99, Direction.SENT_BY_PAGE, Stance.OPEN),
        (0.01, Direction.SHOWN, Stance.CALM),
    ],
)
def test_a_phrase_is_confirmed_sooner_than_raised_without_one_and_only_in_what_was_written(
    probability: float, direction: Direction, stance: Stance
) -> None:
    reads = opinion(probability, Category.BULLYING)
    assert severity_of(reads, Channel.MESSAGE) < 3 or direction is not Direction.WRITTEN
    assert stance_of(reads, observation(text="rivers", direction=direction)) is stance


@pytest.mark.parametrize(
    ("text", "channel", "severity"),
    [
        ("my stepdad", Channel.MESSAGE, 0),
        ("My step", Channel.DOCUMENT, 0),
        ("my stepdad hits", Channel.MESSAGE, 3),
        ("feeling worthless", Channel.SEARCH, 3),
        ("feeling worthless", Channel.PROMPT, 3),
    ],
)
def test_one_or_two_words_are_not_believed_alone_unless_they_ask(text: str, channel: Channel, severity: int) -> None:
    assert alone(opinion(0.97), observation(text=text, channel=channel)) == severity


def test_it_is_shown_like_a_phrase_that_was_found() -> None:
    match = as_match(opinion(0.95, start=5, end=11), "well, rivers", 3)
    assert (match.phrase.id, match.phrase.severity, match.written) == ("model.self-harm", 3, " river")
