"""A phrase that singles a person or a belonging out is known as such, and an everyday one is not."""

import pytest

from detection.library import Phrase
from detection.protected_words import WHO, named_alone, no_more_than, touched
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
        (a("mieux que les musulmans"), ("faith",)),
        (a("gorszy niż Żyd"), ("faith",)),
        (a("وہ مسلمان ہے"), ("faith",)),
        (a("vote labour"), ("politics",)),
        (a("moan to ofsted"), ("helplines and asking for help",)),
        (a("tell the children's commissioner"), ("helplines and asking for help",)),
        (a("my solicitor says"), ("helplines and asking for help",)),
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


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (a("(gay|lesbian) people"), WHO),
        (a("trans-sib*"), ""),
        (a("autistic*"), WHO),
        (a("depression"), WHO),
        (a("gay", near=("hate",)), ""),
        (a("(gay|idiot)"), ""),
    ],
    ids=lambda value: value.text if isinstance(value, Phrase) else "",
)
def test_a_phrase_that_says_only_who_somebody_is(phrase: Phrase, said: str) -> None:
    assert no_more_than(phrase) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Muslims", WHO),
        ("Samaritans", "a helpline"),
        ("https://www.childline.org.uk/kids", "a helpline"),
        ("prank call childline", ""),
    ],
)
def test_words_that_raise_nothing_by_themselves(words: str, said: str) -> None:
    assert named_alone(words) == said
