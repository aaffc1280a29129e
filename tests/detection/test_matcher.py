from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import matcher
from detection.library import Category, Library, Phrase
from detection.matcher import MOST_OF_ONE, Matcher
from tests.detection.libraries import a, library


def written(known: Library, text: str) -> list[str]:
    return [match.written for match in Matcher(known).find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("well, nobody likes you!", ["nobody likes you"]),
        ("NOBODY likes y0u", ["NOBODY likes y0u"]),
        ("nobody\u200b likes\nyou…", ["nobody\u200b likes\nyou"]),
        ("nobody likes u", ["nobody likes u"]),
        ("nobody likes your cat", []),
        ("anybody likes you", []),
        ("", []),
    ],
)
def test_whole_words_are_found_however_they_are_dressed(text: str, found: list[str]) -> None:
    assert written(library(), text) == found


def test_of_two_that_say_the_same_it_is_the_plainest_in_whatever_order_they_come() -> None:
    twins = a("nobody (likes|loves) you", id="en.bullying.a"), a("nobody likes you", id="en.bullying.b")
    for known in (library(*twins), library(*reversed(twins))):
        assert [match.phrase.id for match in Matcher(known).find("nobody likes you")] == ["en.bullying.b"]


def test_the_range_is_that_of_the_original() -> None:
    text = "“Nobody — likes — you”, she said"
    (match,) = Matcher(library()).find(text)
    assert text[match.start : match.end] == match.written == "Nobody — likes — you"


@pytest.mark.parametrize(
    ("embedded", "text", "found"),
    [
        (False, "the vapeshop", []),
        (True, "the vapeshop", ["vape"]),
        (True, "vape", ["vape"]),
        (True, "v a p e", []),
    ],
)
def test_only_an_embedded_phrase_is_found_inside_a_word(embedded: bool, text: str, found: list[str]) -> None:
    assert written(library(a("vape", Category.DRUGS, embedded=embedded)), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("buy some weed tonight", ["weed"]),
        ("weed is what i want to buy", ["weed"]),
        ("pull up the weed", []),
        ("buy " + "one " * 11 + "weed", ["weed"]),
        ("buy " + "one " * 12 + "weed", []),
        ("buy weed for the garden", []),
        ("buy weed killer", []),
        ("buying weed", []),
    ],
)
def test_words_nearby_decide(text: str, found: list[str]) -> None:
    known = library(a("weed", Category.DRUGS, near=("buy", "roll up"), unless=("garden", "Killer")))
    assert written(known, text) == found


def test_nearby_phrases_of_several_words_count() -> None:
    known = library(a("weed", Category.DRUGS, near=("roll up",)))
    assert written(known, "roll up the weed") == ["weed"]
    assert written(known, "roll weed up") == []


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ({"near": ("buy",), "within": 2}, "buy the weed", ["weed"]),
        ({"near": ("buy",), "within": 2}, "buy me all the weed", []),
        ({"near": ("@deal",)}, "sell us weed", ["weed"]),
        ({"near": ("@deal",)}, "smoke weed", []),
        ({"near": ("@deal",), "also": ("tonight",)}, "sell weed tonight", ["weed"]),
        ({"near": ("@deal",), "also": ("tonight",)}, "sell weed", []),
        ({"unless": ("@deal",)}, "sell weed", []),
        ({"unless": ("@deal",), "within": 1}, "sell us weed", ["weed"]),
    ],
)
def test_lists_and_distance_decide_too(rule: dict[str, object], text: str, found: list[str]) -> None:
    known = Library((a("weed", Category.DRUGS, **rule),), {"en.deal": ("buy", "sell")})
    assert written(known, text) == found


@pytest.mark.parametrize(
    ("text", "sentence", "found"),
    [
        ("(smoke|buy) weed", "they BUY weed here", ["BUY weed"]),
        ("grow~ weed", "growing weed at home", ["growing weed"]),
        ("zabij*", "on mnie zabije, mowi", ["zabije"]),
        ("zabij*", "niezabije", []),
    ],
)
def test_a_text_of_several_ways_is_found_in_each(text: str, sentence: str, found: list[str]) -> None:
    assert written(library(a(text, Category.DRUGS)), sentence) == found


def test_other_words_for_the_same_are_those_of_english_alone() -> None:
    assert written(library(a("i am alone")), "im alone") == ["im alone"]
    assert written(Library((a("i am alone", id="de.bullying.x"),)), "im alone") == []


def test_the_longer_of_two_phrases_of_a_category_stands_for_both() -> None:
    known = library(a("likes you"), a("nobody likes you"), a("nobody likes"))
    assert written(known, "nobody likes you") == ["nobody likes you"]


@pytest.mark.parametrize(
    ("longer", "found"),
    [
        ({}, ["likes you at all"]),
        ({"channels": ("search",)}, ["likes you at all", "likes you"]),
        ({"ages": ("4-10",)}, ["likes you at all", "likes you"]),
        ({"weight": 40}, ["likes you at all", "likes you"]),
    ],
)
def test_a_longer_phrase_that_counts_only_sometimes_hides_none_that_counts_always(
    longer: dict[str, Any], found: list[str]
) -> None:
    matches = Matcher(library(a("likes you at all", **longer), a("likes you"))).find("nobody likes you at all")
    assert [match.written for match in matches] == found


@pytest.mark.parametrize(("severity", "found"), [(3, ["nobody likes you"]), (4, ["nobody likes you", "likes you"])])
def test_a_graver_phrase_inside_a_longer_one_stands_beside_it(severity: int, found: list[str]) -> None:
    assert (
        written(library(a("nobody likes you", severity=3), a("likes you", severity=severity)), "nobody likes you")
        == found
    )


def test_phrases_of_different_categories_stand_side_by_side() -> None:
    known = library(a("likes you", Category.GROOMING), a("nobody likes you"))
    assert written(known, "nobody likes you") == ["nobody likes you", "likes you"]


def test_phrases_that_merely_overlap_are_both_kept() -> None:
    known = library(a("nobody likes you"), a("you are alone"))
    assert written(known, "nobody likes you are alone") == ["nobody likes you", "you are alone"]


def test_a_page_that_repeats_a_phrase_gives_a_few_matches() -> None:
    assert len(Matcher(library()).find("nobody likes you. " * 1000)) == MOST_OF_ONE


def test_a_rejected_mention_does_not_use_up_the_ones_that_count() -> None:
    known = library(a("weed", Category.DRUGS, unless=("garden",)))
    text = "garden weed. " * 50 + "word " * 20 + "weed" + " word" * 20
    assert written(known, text) == ["weed"]


LIKES, NOBODY, WEED = a("likes you"), a("nobody likes you"), a("weed", Category.DRUGS, near=("buy",))
FIRST = library(LIKES, NOBODY, WEED)


@pytest.mark.parametrize(
    "wanted",
    [
        FIRST,
        library(LIKES, WEED),  # what the longer one hid is found again
        library(LIKES, replace(NOBODY, severity=5), WEED),
        library(NOBODY, replace(WEED, near=("smoke",))),
        library(LIKES, NOBODY, WEED, a("go away")),
        library(a("go away", embedded=True)),
        replace(FIRST, words={"en.animal": ("cat",)}),
    ],
    ids=["same", "ignored", "re-graded", "changed", "added", "replaced", "other words"],
)
@pytest.mark.parametrize("most", [0, matcher.MOST_APART])
def test_adapted_to_another_library_it_finds_what_a_new_one_would(
    monkeypatch: pytest.MonkeyPatch, wanted: Library, most: int
) -> None:
    monkeypatch.setattr(matcher, "MOST_APART", most)
    text = "n o b o d y likes you. nobody likes you, goaway: go away to buy weed. buy w33d and smoke weed"
    there = Matcher(FIRST).adapted(wanted)
    assert there.find(text) == Matcher(wanted).find(text)
    assert there.adapted(FIRST).find(text) == Matcher(FIRST).find(text)


def test_adapting_to_a_few_changes_builds_the_large_automatons_no_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made, built = Matcher(FIRST), list[tuple[Phrase, ...]]()
    ordinary = matcher._Part
    monkeypatch.setattr(matcher, "_Part", lambda known: (built.append(known.phrases), ordinary(known))[1])
    added = a("go away")
    made.adapted(library(LIKES, added)).adapted(library(LIKES, NOBODY, WEED))
    assert built == [(added,)]


@given(st.text(st.sampled_from("nobdylikesu 01!\u200b\u0301.’\ud800"), max_size=80))
def test_ranges_lie_within_any_text(text: str) -> None:
    for match in Matcher(library(a("nob"), a("yo", embedded=True))).find(text):
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.written


def test_what_cannot_count_there_is_passed_over() -> None:
    known = Matcher(library(a("nobody likes you"), a("go away"), a("get lost", embedded=True)))
    found = known.find(
        "nobody likes you, go away, get lost, g o a w a y", lambda phrase: phrase.text == "nobody likes you"
    )
    assert [match.written for match in found] == ["nobody likes you"]
