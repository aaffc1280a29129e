from dataclasses import replace
from typing import Any

import pytest

from detection.library import Category, Library, Stage
from detection.library_changes import Kind, changes, report
from tests.detection.libraries import a, library

PHRASE = a("go away", unless=("holiday",))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"severity": 4}, "re-graded [go-away] 3 → 4"),
        ({"text": "(go|get) away"}, "re-worded [go-away] “go away” → “(go|get) away”"),
        ({"unless": ("holiday", "trip")}, "changed [go-away] unless: + “trip”"),
        ({"unless": ()}, "changed [go-away] unless: − “holiday”"),
        ({"misses": ("a", "b")}, "changed [go-away] misses: + “a”, + “b”"),
        ({"embedded": True}, "changed [go-away] embedded: no → yes"),
        ({"within": 5}, "changed [go-away] within: 12 → 5"),
        ({"stage": Stage.PLAN}, "changed [go-away] stage: nothing → “plan”"),
    ],
)
def test_a_change_of_one_field_is_one_line(change: dict[str, Any], line: str) -> None:
    (found,) = changes(library(PHRASE), library(replace(PHRASE, **change)))
    assert str(found) == line
    assert found.field in change


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ((), (PHRASE,), "added [go-away] “go away”, severity 3"),
        ((PHRASE,), (), "removed [go-away] “go away”, severity 3"),
    ],
)
def test_a_phrase_that_comes_or_goes_is_shown_with_its_severity(old: Any, new: Any, line: str) -> None:
    assert [str(each) for each in changes(Library(old), Library(new))] == [line]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ({}, {"en.own": ("i", "me")}, "added [own] words: + “i”, + “me”"),
        ({"en.own": ("i",)}, {}, "removed [own] words: − “i”"),
        ({"en.own": ("i", "we")}, {"en.own": ("i", "us")}, "changed [own] words: + “us”, − “we”"),
        ({"en.own": ("i", "we")}, {"en.own": ("we", "i")}, "changed [own] words: the same in another order"),
    ],
)
def test_lists_of_words_are_compared_too(old: Any, new: Any, line: str) -> None:
    (found,) = changes(Library((PHRASE,), old), Library((PHRASE,), new))
    assert str(found) == line
    assert (found.language, found.category) == ("en", "words")


def test_two_fields_of_one_phrase_are_two_changes() -> None:
    found = changes(library(PHRASE), library(replace(PHRASE, severity=5, text="get away")))
    assert [each.kind for each in found] == [Kind.REGRADED, Kind.REWORDED]


def test_there_are_changes_exactly_where_the_versions_differ() -> None:
    old, same, new = library(PHRASE), library(replace(PHRASE)), library(replace(PHRASE, gloss="Otherwise."))
    assert (old.version == same.version, changes(old, same)) == (True, ())
    assert old.version != new.version
    assert changes(old, new)


def test_the_report_is_grouped_by_language_and_category() -> None:
    added = (a("go away"), a("plan to die", Category.SUICIDE), a("geh weg", id="de.bullying.geh-weg"))
    assert report(changes(Library(()), Library(added, {"en.own": ("i",)}))) == "\n".join([
        "de/bullying",
        "  added [geh-weg] “geh weg”, severity 3",
        "en/bullying",
        "  added [go-away] “go away”, severity 3",
        "en/suicide",
        "  added [plan-to-die] “plan to die”, severity 3",
        "en/words",
        "  added [own] words: + “i”",
    ])  # fmt: skip
