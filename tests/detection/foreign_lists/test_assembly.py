import pytest

from detection.foreign_lists.assembly import WHOLE_WORDS, Assembled, assemble
from detection.foreign_lists.entry import Company, Entry, Part, Reading
from detection.library import Category
from detection.library_commands.check import check
from detection.protected_words import WHO
from tests.detection.foreign_lists.entries import an


def made(*entries: Entry, exceptions: tuple[str, ...] = ()) -> Assembled:
    return assemble([Reading(entries, exceptions)], "en")


def test_a_phrase_has_its_place_in_the_list_as_its_gloss_and_itself_as_its_proof() -> None:
    (phrase,) = made(an("Go  away!", line=7, severity=3, weight=40, channels=("url",))).library.phrases
    assert (phrase.id, phrase.text, phrase.category) == ("en.bullying.go-away", "Go away!", Category.BULLYING)
    assert (phrase.severity, phrase.weight, phrase.channels) == (3, 40, ("url",))
    assert (phrase.gloss, phrase.hits) == ("Imported from list.txt, line 7.", ("Go away!",))


@pytest.mark.parametrize(
    ("parts", "text", "near", "also"),
    [
        (("one", "two"), "one", ("two",), ()),
        (("one", "two", "three"), "one", ("two",), ("three",)),
        (("to", "two"), "two", ("to",), ()),
        (("one", Part("two", embedded=True)), "two", ("one",), ()),
        (("one", Part("two", open=True)), "two*", ("one",), ()),
    ],
)
def test_of_words_in_combination_one_is_looked_for_and_the_others_near_it(
    parts: tuple[str | Part, ...], text: str, near: tuple[str, ...], also: tuple[str, ...]
) -> None:
    (phrase,) = made(an(*parts)).library.phrases
    assert (phrase.text, phrase.near, phrase.also, phrase.within) == (text, near, also, 50)


@pytest.mark.parametrize(
    "entries",
    [
        (an("l*ser"), an("(you) there", line=2), an("@everyone hush", line=3), an("a|b c", line=4)),
        (an("bridge", company=Company.SAME_GROUP, group="High"), an("roof", group="High")),
        (an("one", "@two", "thr*ee"), an(Part("wordy", embedded=True), Part("gambl", open=True))),
        (an("жестокий спам"), an("çà et là", line=2)),
    ],
)
def test_whatever_was_taken_over_is_found_in_its_own_sentence(entries: tuple[Entry, ...]) -> None:
    library = made(*entries).library
    assert len(library.phrases) >= len(entries) - 1
    assert [str(failure) for failure in check(library)] == []


def test_what_names_somebody_counts_beside_what_is_of_concern() -> None:
    (phrase,) = made(an("kill", "muslims")).library.phrases
    assert (phrase.text, phrase.near) == ("kill", ("muslims",))


def test_phrases_that_count_together_share_a_list_of_words() -> None:
    library = made(an("bridge", company=Company.SAME_GROUP, group="High"), an("roof", group="High")).library
    assert library.phrases[0].near == ("@type-high",)
    assert library.words == {"en.type-high": ("bridge", "roof")}


def test_exceptions_hold_for_every_phrase() -> None:
    library = made(an("weed"), an("grass", line=2), exceptions=("garden", "garden", "@home")).library
    assert {phrase.unless for phrase in library.phrases} == {("@exceptions",)}
    assert library.words == {"en.exceptions": ("garden", "home")}


def test_what_is_looked_for_alike_is_joined_and_counted() -> None:
    result = made(an("Go away", channels=("url",)), an("g0 AWAY", line=2, channels=("written",), severity=4))
    (phrase,) = result.library.phrases
    assert (phrase.channels, phrase.severity) == (("url", "written"), 4)
    assert result.notes == {"joined with an earlier one that is looked for alike": 1}


def test_what_is_found_in_fewer_places_than_before_is_counted() -> None:
    result = made(an(Part("one", embedded=True), Part("two", embedded=True)), an("three", Part("four", embedded=True)))
    assert result.notes == {WHOLE_WORDS: 1}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (an("!?"), "has no letters"),
        (an("one", "!?"), "has no letters"),
        (an("hi"), "has fewer than 3 letters, too short to look for"),
        (an("a", "b"), "has fewer than 3 letters, too short to look for"),
        (an("Muslims"), f"says no more than {WHO}, which raises nothing"),
        (an(Part("gay", embedded=True), weight=60), f"says no more than {WHO}, which raises nothing"),
        (an("lesbian", "christian"), f"says no more than {WHO}, which raises nothing"),
        (an("depression", company=Company.ANY_GROUP), f"says no more than {WHO}, which raises nothing"),
        (an("Childline"), "says no more than a helpline, which raises nothing"),
        (an("childline.org.uk"), "says no more than a helpline, which raises nothing"),
        (an("bridge", company=Company.ANY_GROUP), "counts only with another phrase of its kind, and there is none"),
    ],
)
def test_what_a_phrase_cannot_be_is_left_out(entry: Entry, reason: str) -> None:
    result = made(entry)
    assert not result.library.phrases
    assert [each.refusal.reason for each in result.left_out] == [reason]
