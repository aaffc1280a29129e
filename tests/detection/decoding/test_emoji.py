import pytest

from detection.decoding.emoji import from_emoji
from detection.decoding.pieces import Decoded, in_place
from detection.inspection import observe
from tests.detection.shipped import shipped_detector

DETECTOR = shipped_detector()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("🍃 for sale", " weed  for sale"),
        ("im bringing a 🔪🔪 tmrw", "im bringing a  knife  tmrw"),
        ("🗡️ 🗡️ you", " knife  you"),
    ],
)
def test_an_emoji_is_read_as_its_word_once(written: str, read: str) -> None:
    assert Decoded(written, in_place(written, from_emoji(written)), "emoji").text == read


@pytest.mark.parametrize("text", ["", "see you at lunch", "happy birthday 🎂🎉", "haha 😂😂"])
def test_other_emoji_stand_for_no_word(text: str) -> None:
    assert from_emoji(text) == []


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        ("🔪🔪 you tomorrow after school", 3),
        ("ill bring a 🔪 to school tomorrow", 4),
        ("selling 🍃 dm me", 3),
        ("i took all the 💊💊 i want to die", 4),
    ],
)
def test_what_is_said_with_them_is_graded(text: str, at_least: int) -> None:
    found = DETECTOR.detect(observe(text, "chat"))
    assert found is not None
    assert found.severity >= at_least


@pytest.mark.parametrize(
    "text",
    [
        "🔪🍅 cooking in food tech today",
        "autumn walk 🍁🍁 with the dog",
        "🐷🐵 zoo trip tomorrow so excited",
        "👊 well played today lads",
        "took my hay fever 💊 before the match",
        "the farm had 🐎 and 🐷",
    ],
)
def test_what_is_shown_with_them_is_not(text: str) -> None:
    assert DETECTOR.detect(observe(text, "chat")) is None
