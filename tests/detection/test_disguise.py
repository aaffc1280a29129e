import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.disguise import LONGEST, is_outright, undisguise
from detection.matcher import Matcher
from tests.detection.libraries import a, library

KNOWN = Matcher(library(a("nobody likes you"), a("hate"), a("feeling ill")))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nobodyyyyy likesss youuu!", "nobodyyyyy likesss youuu"),
        ("n o b o d y  l i k e s  you", "n o b o d y  l i k e s  you"),
        ("n.o.b.o.d.y likes you", "n.o.b.o.d.y likes you"),
        ("i h-a-t-e it", "h-a-t-e"),
        ("HAAAATE it", "HAAAATE"),
        ("fee1ing i11", "fee1ing i11"),
        ("feeling i|l", "feeling i|l"),
        ("feeeeling illll", "feeeeling illll"),
    ],
)
def test_a_disguised_phrase_is_seen_through_with_its_exact_range(text: str, written: str) -> None:
    (match,) = KNOWN.find(text)
    assert match.written == written == text[match.start : match.end]


@pytest.mark.parametrize(
    "text",
    [
        "feling il",
        "a b c d e f g",
        "see u at 1, or 11",
        "soooo looong",
        "www.example.org",
        "fee1ing fine",
        "h a t",
        "H.A.T. erased",
    ],
)
def test_what_merely_looks_disguised_is_left_alone(text: str) -> None:
    assert KNOWN.find(text) == []


def test_a_plain_phrase_beside_a_disguised_word_is_found_once() -> None:
    assert len(KNOWN.find("sooo nobody likes you")) == 1


def test_a_long_text_is_not_looked_at_twice() -> None:
    assert undisguise("haaate " * LONGEST) is None


@given(st.text(st.sampled_from("haTteEl1i!| .-\u0301\u200b"), max_size=60))
def test_a_match_always_lies_where_it_says(text: str) -> None:
    for match in KNOWN.find(text):
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.written


@pytest.mark.parametrize(
    "written",
    ["go away", "I'll go, Zoë", "nienawidzę głupków", "größer", "میں نہیں", "what the f", "go away!", "50 people"],
)
def test_ordinary_spelling_is_outright(written: str) -> None:
    assert is_outright(written)


@pytest.mark.parametrize("written", ["g0 away", "go aw@y", "ｇｏ away", "gо away", "g o  a w a y", "go&#32;away"])
def test_a_spelling_that_hides_words_is_not(written: str) -> None:
    assert not is_outright(written)
