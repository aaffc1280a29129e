import pytest

from detection.context import REACH, Surroundings, read, sentence
from detection.matcher import Matcher
from tests.detection.libraries import a, library

KNOWN = Matcher(library(a("bring a knife"), a("hate myself"), a("leave school")))


def around(text: str) -> Surroundings:
    (match,) = KNOWN.find(text)
    return read(text, match)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("i would never bring a knife", True),
        ("im not going to bring a knife", True),
        ("I didn't bring a knife", True),
        ("nobody should bring a knife", True),
        ("i dont want to leave school", True),
        ("bring a knife", False),
        ("i am not happy. bring a knife", False),
        ("never mind the bus, bring a knife", False),
        ("why dont you bring a knife", False),
        ("i dont care, bring a knife", False),
        ("not joking im gonna bring a knife", False),
        ("No, I will bring a knife", False),
        ("no, I would never bring a knife", True),
    ],
)
def test_a_negation_counts_only_where_it_reaches_the_words(text: str, negated: bool) -> None:
    assert around(text).negated is negated


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("i will bring a knife", True),
        ("Im gonna bring a knife", True),
        ("some days people hate myself, the mirror", True),
        ("they bring a knife", False),
        ("he told me they will bring a knife", False),
    ],
)
def test_the_first_person_is_told_from_others(text: str, own: bool) -> None:
    assert around(text).first_person is own


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("my essay asks why boys bring a knife", "school work or study"),
        ("police said that he did bring a knife", "news"),
        ("in the film they bring a knife", "fiction, song or play"),
        ('she wrote "bring a knife" on the wall', "a quotation"),
        ("she wrote “bring a knife” on the wall", "a quotation"),
        ("people who say bring a knife are fools", "somebody who objects to it"),
        ("she wrote „bring a knife“ on the wall", "a quotation"),
        ("she wrote „bring a knife” on the wall", "a quotation"),
        ("she wrote « bring a knife » on the wall", "a quotation"),
        ("„hello“, he said, bring a knife", ""),
        ("bring a knife tomorrow", ""),
        ('it is 5" long, bring a knife', ""),
    ],
)
def test_the_setting_is_named(text: str, setting: str) -> None:
    assert around(text).setting == setting


@pytest.mark.parametrize(
    ("text", "seeks"),
    [
        ("how do I help a friend who says he will bring a knife", True),
        ("He wants to bring a knife. Who can I tell?", True),
        ("how to bring a knife", False),
    ],
)
def test_a_question_that_seeks_help_is_noticed(text: str, seeks: bool) -> None:
    assert around(text).help_seeking is seeks


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("hass dich nicht", True),
        ("hass dich doch gar nicht", True),
        ("hass dich nicht nur heute", False),
        ("hass dich, nicht ihn", False),
        ("hass dich und den Bus nicht", False),
    ],
)
def test_in_some_languages_a_negation_reaches_back_within_its_clause(text: str, negated: bool) -> None:
    (match,) = Matcher(library(a("hass dich", id="de.bullying.hate-you"))).find(text)
    assert read(text, match).negated is negated


@pytest.mark.parametrize(
    ("id_", "denied"), [("en.bullying.x", True), ("so.bullying.x", True), ("de.bullying.x", False)]
)
def test_the_language_of_the_phrase_decides_which_words_count(id_: str, denied: bool) -> None:
    text = "i would never bring a knife"
    (match,) = Matcher(library(a("bring a knife", id=id_))).find(text)
    assert read(text, match).negated is denied


def test_words_of_the_match_do_not_excuse_the_match() -> None:
    (match,) = Matcher(library(a("how to stop eating"))).find("how to stop eating")
    assert not read("how to stop eating", match).help_seeking


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Bring a knife! Three.", " Bring a knife!"),
        ("One\nBring a knife\nThree", "Bring a knife"),
        ("bring a knife", "bring a knife"),
        ("v1.2 bring a knife", "v1.2 bring a knife"),
        ("ایک۔ bring a knife۔ تین", " bring a knife۔"),
        ("واحد؟ bring a knife", " bring a knife"),
        ("ਇੱਕ। bring a knife", " bring a knife"),
    ],
)
def test_the_sentence_round_the_words_is_found(text: str, found: str) -> None:
    (match,) = KNOWN.find(text)
    start, end = sentence(text, match.start, match.end)
    assert text[start:end].rstrip("\n") == found


def test_a_sentence_without_end_is_cut() -> None:
    text = "word " * 2000 + "bring a knife" + " word" * 2000
    assert len(around(text).sentence) <= 2 * REACH + len("bring a knife")
