"""What disguise does to a phrase, it is found; what it does to an innocent word, it stays innocent."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.disguise import LONGEST, undisguise
from detection.matcher import Matcher
from detection.normalise import key, normalise
from tests.detection.libraries import a, library
from tests.detection.mutations import MUTATIONS, PAIRS, Mutation
from tests.detection.shipped import shipped_matcher

PHRASES = (
    "nobody likes you", "want to kill myself", "hate", "send me a picture", "stab him", "kys", "feeling ill", "loser",
)  # fmt: skip
KNOWN = Matcher(library(*map(a, PHRASES)))
AMONG = ("{}", "well, {}. ok", "and then ({}) he said", "{} 😀", "oh\n{}\nbye")
INNOCENT = (
    "Scunthorpe", "Essex", "Sussex", "Middlesex", "assassin", "assassination", "therapist", "classic", "cockpit",
    "Penistone", "Clitheroe", "Lightwater", "shiitake", "analysis", "document", "circumstances", "Dickens", "peacock",
    "Hancock", "cocktail", "grape", "drape", "parapet", "kilogram", "skill", "painkiller", "weeding",
    "diet", "studied", "soldier", "Magna Carta", "a bass drum", "pass the grass", "Uranus", "Matsushita", "arsenal",
    "button", "execute the program", "hello", "shell", "Essex and Sussex", "a cucumber", "mass", "hoedown",
    "snigger", "country", "titration", "constitution", "swank", "spice", "rapeseed oil", "accumulate", "homograph",
)  # fmt: skip
NOT_IN_DISGUISE = ("Niger", "skyscraper")
"""A letter more or a figure for a letter, and it is the slur; spelt out it holds “k y s”, which is a phrase."""
SHIPPED_MATCHER = shipped_matcher()
CHANCE = st.integers(0, 2**32).map(Random)


def names(mutations: tuple[Mutation, ...]) -> str:
    return "+".join(mutation.__name__ for mutation in mutations)


@pytest.mark.parametrize("mutations", [*((each,) for each in MUTATIONS), *PAIRS], ids=names)
@settings(max_examples=25)
@given(phrase=st.sampled_from(PHRASES), among=st.sampled_from(AMONG), chance=CHANCE)
def test_a_phrase_is_found_in_every_disguise_and_in_two_at_once(
    mutations: tuple[Mutation, ...], phrase: str, among: str, chance: Random
) -> None:
    disguised = phrase
    for mutate in mutations:
        disguised = mutate(disguised, chance)
    text = among.format(disguised)
    found = [match for match in KNOWN.find(text) if match.phrase.text == phrase]
    assert found, text
    first = among.index("{}")
    assert all(first <= match.start < match.end <= first + len(disguised) for match in found)


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
@settings(max_examples=40)
@given(word=st.sampled_from(INNOCENT), among=st.sampled_from(AMONG), chance=CHANCE)
def test_an_innocent_word_stays_innocent(mutate: Mutation, word: str, among: str, chance: Random) -> None:
    text = among.format(mutate(word.lower(), chance))
    assert [match.phrase.id for match in SHIPPED_MATCHER.find(text)] == []


@pytest.mark.parametrize("word", [*INNOCENT, *NOT_IN_DISGUISE])
def test_an_innocent_word_is_innocent_however_it_stands(word: str) -> None:
    for text in (word, word.upper(), f"I like {word}.", f"“{word}”", f"{word}s", f"#{word}", f"{word}-{word}"):
        assert [match.phrase.id for match in SHIPPED_MATCHER.find(text)] == []


ANYTHING = st.text(st.one_of(st.characters(codec=None), st.sampled_from("aeilos01!|@$ .-&#;\u0301\u200b\u0345ﬁß🇬🇧＆")))


@given(ANYTHING)
def test_any_text_is_folded_without_an_error_and_in_order(text: str) -> None:
    folded = normalise(text)
    places = [folded.span(at, at + 1)[0] for at, letter in enumerate(folded.text) if letter != " "]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert key(key(text)) == key(text)


@given(ANYTHING)
def test_any_text_is_seen_through_without_an_error_and_in_order(text: str) -> None:
    seen = undisguise(text)
    if seen is None:
        return
    letters = [at for at, letter in enumerate(seen.text[:-1]) if letter != " "]
    spans = [seen.span(at, at + 1) for at in letters]
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(ANYTHING, st.sampled_from(PHRASES))
def test_a_match_lies_where_it_says_whatever_stands_around(text: str, phrase: str) -> None:
    whole = f"{text} {phrase} {text}"
    for match in KNOWN.find(whole):
        assert 0 <= match.start < match.end <= len(whole) <= LONGEST
        assert whole[match.start : match.end] == match.written
