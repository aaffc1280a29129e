"""Who repeats hateful words to reject them is told from who says them."""

import pytest

from detection.context import read
from detection.library import Category
from detection.matcher import Matcher
from tests.detection.libraries import a, library

KNOWN = Matcher(library(a("girls are useless", Category.MISOGYNY), a("useless lump", Category.BULLYING)))


@pytest.mark.parametrize(
    "text",
    [
        "People who say girls are useless are wrong.",
        "people who say all those girls are useless are so ignorant",
        "It is wrong to say that girls are useless",
        "Stop saying girls are useless",
        "How dare you say that girls are useless?",
        'If you write things like "girls are useless", you are a bigot.',
        "Saying, “girls are useless” is just sexist",
        "dont call him a useless lump",
        "it is not ok to call people a useless lump",
        "Some say girls are useless; nobody should.",
    ],
)
def test_words_repeated_to_reject_them_are_noticed(text: str) -> None:
    (match,) = KNOWN.find(text)
    assert read(text, match).rejected


@pytest.mark.parametrize(
    "text",
    [
        "girls are useless",
        "People say girls are useless",
        "People who say girls are useless are right",
        "It is not wrong to say that girls are useless",
        "is it wrong to say girls are useless",
        "i say girls are useless and its not sexist",
        "i say girls are useless, who disagrees is wrong",
        "They call me sexist for saying girls are useless",
        "People say that is wrong but girls are useless",
        "It is wrong to say so, girls are useless",
        "my dad says girls are useless, it sounds so rude, i agree",
        "everyone says you are a useless lump and you are disgusting",
        "everyone calls her a useless lump, she is disgusting",
        "they call me a useless lump and its horrible",
        "stop saying that. girls are useless",
    ],
)
def test_words_that_are_meant_or_told_of_oneself_are_not_taken_for_rejected(text: str) -> None:
    (match,) = KNOWN.find(text)
    assert not read(text, match).rejected
