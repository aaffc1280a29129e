from console.wording import LEVELS
from detection.levels import WORDS


def test_the_gravest_comes_first_and_the_console_explains_each():
    assert list(WORDS) == [5, 4, 3, 2, 1]
    assert {level.number: level.word for level in LEVELS} == WORDS
