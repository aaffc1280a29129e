"""The fuller bundle is fetched once, later, and never in anybody's way."""

import logging
from threading import Event

import pytest

from detection.supplements import MOST, Supplements
from tests.detection.scripted_appliance import eventually


def test_each_is_fetched_once_and_in_order() -> None:
    fetched: list[str] = []
    supplements = Supplements(seconds=0.01)
    supplements.start()
    for id in ("a", "b", "c"):
        supplements.promise(id, lambda id=id: fetched.append(id))  # type: ignore[misc]
    eventually(lambda: len(fetched) == 3)
    assert supplements.stop(20)
    assert fetched == ["a", "b", "c"]


def test_nothing_is_fetched_before_its_time() -> None:
    fetched: list[str] = []
    now = [100.0]
    supplements = Supplements(seconds=8, steady=lambda: now[0])
    supplements.promise("a", lambda: fetched.append("a"))
    now[0] = 107.9
    assert not supplements._is_ready()
    now[0] = 108.0
    assert supplements._is_ready()


def test_stopping_fetches_what_was_promised() -> None:
    fetched: list[str] = []
    supplements = Supplements(seconds=3600)
    supplements.start()
    supplements.promise("a", lambda: fetched.append("a"))
    assert supplements.stop(20)
    assert fetched == ["a"]
    supplements.promise("late", lambda: fetched.append("late"))
    assert fetched == ["a"]


def test_one_that_fails_is_counted_and_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    done = Event()
    supplements = Supplements(seconds=0.001)
    supplements.start()
    supplements.promise("a", lambda: [][0])
    supplements.promise("b", done.set)
    assert done.wait(20)
    assert supplements.stop(20)
    assert supplements.failures == 1
    assert caplog.record_tuples == [
        ("detection.supplements", logging.ERROR, "no fuller evidence for detection a: IndexError")
    ]


def test_a_flood_is_bounded() -> None:
    fetched: list[int] = []
    supplements = Supplements(seconds=3600)
    for i in range(MOST + 10):
        supplements.promise(str(i), lambda: fetched.append(1))
    supplements.start()
    assert supplements.stop(20)
    assert len(fetched) == MOST


def test_what_never_started_can_be_stopped() -> None:
    assert Supplements(seconds=1).stop(1)
