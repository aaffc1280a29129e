from dataclasses import replace
from pathlib import PurePath

import pytest

from detection.grading import Detection
from proxy_addons.replay.expectations import Expected, Wanted, differences, misses, seen
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search

PHRASE = "en.bullying.a"


@pytest.fixture
def found(replayed: Replayed) -> list[Detection]:
    """Searched for, and shown on a page of another app."""
    talk = Talk().hello().up(search()).down(answer())
    talk.up(get("/page", "diary.test")).down(answer(b"<p>They say nobody likes you, Zo\xc3\xab!</p>"))
    return replayed(talk.bye().packets).detections


def told(expected: Expected, found: list[Detection]) -> str:
    return "\n".join(differences(expected, found))


MET = (
    Wanted(text="NOBODY  likes you"),
    Wanted(text="you zoe", channel="page"),
    Wanted(category="bullying", count=2),
    Wanted(severity=3, channel="search", direction="written", app="News.test"),
    Wanted(at_least=1, at_most=5, count=2),
    Wanted(app="elsewhere.test", count=0),
)


@pytest.mark.parametrize("wanted", MET, ids=range(len(MET)))
def test_what_is_found_as_wanted_is_no_difference(found: list[Detection], wanted: Wanted) -> None:
    assert told(Expected(file="a", must=(wanted,), total=2), found) == ""


def test_a_phrase_is_wanted_by_its_id(found: list[Detection]) -> None:
    phrase = found[0].matches[0].phrase.id
    assert told(Expected(file="a", must=(Wanted(phrase=phrase, count=2),)), found) == ""
    assert "differs: other phrases" in told(Expected(file="a", must=(Wanted(phrase="en.bullying.other"),)), found)


UNMET = (
    (Wanted(text="good morning"), "other words"),
    (Wanted(category="suicide"), "category bullying"),
    (Wanted(severity=5), "severity 3"),
    (Wanted(at_least=4), "severity 3"),
    (Wanted(at_most=2), "severity 3"),
    (Wanted(channel="mail"), "channel search"),
    (Wanted(direction="sent-by-page"), "direction written"),
    (Wanted(app="elsewhere.test"), "app news.test"),
)


@pytest.mark.parametrize(("wanted", "differs"), UNMET, ids=range(len(UNMET)))
def test_what_is_not_found_is_said_with_what_comes_nearest(
    found: list[Detection], wanted: Wanted, differs: str
) -> None:
    said = told(Expected(file="a", must=(replace(wanted, line=7),)), [replace(d, severity=3) for d in found])
    assert said.startswith("line 7: not found: ")
    assert f"differs: {differs}" in said


def test_the_nearest_is_what_differs_least(found: list[Detection]) -> None:
    said = told(Expected(file="a", must=(Wanted(channel="page", app="news.test", direction="shown"),)), found)
    assert "differs: app diary.test" in said


def test_what_must_not_be_is_said_for_each_that_is(found: list[Detection]) -> None:
    said = told(Expected(file="a", must_not=(Wanted(category="bullying"), Wanted(category="suicide"))), found)
    assert said.count("found, and must not be: category bullying") == 2
    assert "suicide" not in said


def test_counts_are_exact(found: list[Detection]) -> None:
    for count, said in ((1, "found 2, not 1"), (3, "found 2, not 3"), (2, "")):
        assert told(Expected(file="a", must=(Wanted(category="bullying", count=count),)), found)[8:].startswith(said)
    assert "2 detections, not none" in told(Expected(file="a", total=0), found)
    assert "0 detections, not 1" in told(Expected(file="a", total=1), [])


def test_a_difference_never_says_the_words_of_a_capture(found: list[Detection]) -> None:
    said = told(Expected(file="a", must=(Wanted(app="x"),), must_not=(Wanted(severity=3),), total=0), found)
    assert said
    assert WORDS not in said
    assert "search?q=" not in said


def test_a_detection_says_all_at_once_in_what_it_differs(found: list[Detection]) -> None:
    assert misses(Wanted(app="x", at_least=5, at_most=5), found[0]) == (
        f"severity {found[0].severity}",
        "app news.test",
    )


def test_a_detection_is_told_by_when_and_where_it_was(found: list[Detection]) -> None:
    assert seen(found[0]).startswith("2026-03-03 12:00:00 severity 3, bullying, search written, news.test, ")


def test_a_file_is_named_by_the_end_of_its_path() -> None:
    path = PurePath("/captures/monday/talk.pcap")
    named = {
        name: Expected(file=name).is_of(path) for name in ("talk.pcap", "monday/talk.pcap", "alk.pcap", "y/talk.pcap")
    }
    assert list(named.values()) == [True, True, False, False]
    assert Expected(file="/captures/monday/talk.pcap").is_of(path)
