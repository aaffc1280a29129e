"""A phrase that singles a person or a belonging out is known as such, and an everyday one is not."""

import pytest

from detection.library import Phrase
from detection.protected_words import touched
from tests.detection.libraries import a

PEOPLE = {"Sam Field", "Hannah Orange-Peel", "Will Grace", "Li Wu"}


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (a("meet sam field"), ("a person on roll",)),
        (a("field sam is odd"), ("a person on roll",)),
        (a("hannah is odd"), ("a person on roll",)),
        (a("odd", near=("hannah",)), ("a person on roll",)),
        (a("odd", also=("sam",)), ("a person on roll",)),
        (a("(hannah|somebody) is odd"), ("a person on roll",)),
        (a("liwu", embedded=True), ("a person on roll",)),
        (a("join the union"), ("trade unions",)),
        (a("she is a Muslim"), ("faith",)),
        (a("musli*"), ("faith",)),
        (a("hristia", embedded=True), ("faith",)),
        (a("vote labour"), ("politics",)),
        (a("ring 0800 1111"), ("helplines and asking for help",)),
        (a("hannah goes to church"), ("a person on roll", "faith")),
        (a("i will kill you in the field"), ()),
        (a("child labour"), ()),
        (a("he beat me"), ()),
        (a("dont shout at me"), ()),
        (a("odd", near=("@animal",)), ()),
    ],
    ids=lambda value: value.text if isinstance(value, Phrase) else "",
)
def test_what_a_phrase_singles_out(phrase: Phrase, said: tuple[str, ...]) -> None:
    assert touched(phrase, PEOPLE) == said
