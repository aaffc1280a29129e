"""A text's smallest words say whether the second opinion has learned its language."""

import pytest

from detection.library import Category
from detection.other_languages import is_of_another, mistaken


@pytest.mark.parametrize(
    "text",
    [
        "cuánto se cuece un huevo",
        "tocca a te lavare i piatti",
        "pourquoi les musulmans jeûnent pendant le ramadan",
        "hoje és tu a lavar a loiça",
        "jak jest pies po arabsku",
        "azi speli tu vasele",
        "ti sy'n golchi llestri heno",
        "mera kutta mera joota kha gaya",
        "ajj bhande tu dhovenga",
    ],
)
def test_it_is_of_another_language(text: str) -> None:
    assert is_of_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k",
        "kys",
        "ugly fat pig",
        "you are so de trop tu sais",
        "yo ho ho da man",
        "sup bro u good",
        "Die Türken belagerten 1683 Wien",
        "du bist so hässlich",
        "nobody likes you https://t.co/abc",
        "شو غبي أنا نسيت الكتاب",
    ],
)
def test_it_is_not(text: str) -> None:
    assert not is_of_another(text)


def test_only_of_insults_it_is_not_believed() -> None:
    assert mistaken(Category.BULLYING, "tocca a te lavare i piatti")
    assert not mistaken(Category.BULLYING, "your turn to wash up")
    assert not mistaken(Category.SUICIDE, "tocca a te lavare i piatti")
