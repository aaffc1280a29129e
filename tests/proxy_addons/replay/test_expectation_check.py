from pathlib import Path

from proxy_addons.replay.expectation_check import ExpectationCheck
from proxy_addons.replay.expectations import Expected, Wanted
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, search

NAMED = Expected(file="monday/talk.pcap", must=(Wanted(category="bullying"),))


def test_what_is_met_is_one_line(replayed: Replayed) -> None:
    found = replayed(Talk().hello().up(search()).down(answer()).bye().packets).detections
    check = ExpectationCheck([Expected(file="talk.pcap", total=0), NAMED])
    check.add(Path("monday/talk.pcap"), found)
    check.add(Path("talk.pcap"), [])
    check.add(Path("other.pcap"), found)
    assert check.is_met
    assert check.lines() == ["2 captures held against expectations, 1 of which nothing is expected: all met"]


def test_what_is_not_met_is_said_by_capture() -> None:
    check = ExpectationCheck([NAMED])
    check.add(Path("monday/talk.pcap"), [])
    assert not check.is_met
    assert check.lines() == [
        "monday/talk.pcap: line 0: not found: category bullying",
        "1 capture held against expectations: 1 not met",
    ]


def test_a_capture_that_was_not_replayed_is_not_as_expected() -> None:
    check = ExpectationCheck([NAMED])
    assert not check.is_met
    assert check.lines() == [
        "monday/talk.pcap: line 0: was not replayed",
        "0 captures held against expectations: 1 not met",
    ]
