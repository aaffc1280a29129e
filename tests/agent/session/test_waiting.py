"""What was told is taken with its moment, in its order; running text waits for who wakes soon, all else wakes."""

import threading
import time
from collections.abc import Callable

import pytest

from agent.orders import Orders
from agent.session.desktop import Edited, Entered, Field, Window
from agent.session.waiting import MOST, Item, Waiting

FIELD = Field(key="f", window=Window(key="w", app="Editor"))


def typed(text: str, **more: object) -> Edited:
    return Edited(field=FIELD, start=0, inserted=text, **more)  # type: ignore[arg-type]


def test_all_that_was_told_is_taken_with_the_moment_it_was_told() -> None:
    moments = iter([1.0, 2.0, 3.0])
    waiting = Waiting(lambda: next(moments))
    waiting.put(typed("a"))
    waiting.put(typed("b"))
    waiting.put(None)
    assert waiting.take(None) == [(1.0, typed("a")), (2.0, typed("b")), (3.0, None)]


def test_what_nobody_takes_is_bounded_and_the_oldest_go(caplog: pytest.LogCaptureFixture) -> None:
    waiting = Waiting()
    for number in range(MOST + 1):
        waiting.put(Edited(field=FIELD, start=number, inserted="a"))
    taken = waiting.take(None)
    assert len(taken) == MOST
    assert "something was not seen" in caplog.text


def waited(until: float | None, put: Callable[[Waiting], None]) -> tuple[float, list[Item]]:
    """How long somebody waited to whom ``put`` gives something a moment after they began to."""
    waiting, began = Waiting(), time.monotonic()
    giver = threading.Timer(0.05, put, [waiting])
    giver.start()
    taken = waiting.take(until and began + until)
    giver.join()
    return time.monotonic() - began, [item for _, item in taken]


def test_running_text_waits_for_who_wakes_soon() -> None:
    took, taken = waited(0.4, lambda waiting: waiting.put(typed("a")))
    assert took >= 0.4
    assert taken == [typed("a")]


@pytest.mark.parametrize(
    "item",
    [typed("."), typed("\n"), typed("hello"), typed("a", pasted=True), Entered(field=FIELD), Orders(), None],
)
def test_all_else_wakes_at_once(item: Item) -> None:
    took, taken = waited(30, lambda waiting: waiting.put(item))
    assert took < 15
    assert taken == [item]


@pytest.mark.parametrize("until", [None, 30.0])
def test_running_text_wakes_who_would_sleep_long(until: float | None) -> None:
    took, taken = waited(until, lambda waiting: waiting.put(typed("a")))
    assert took < 15
    assert taken == [typed("a")]
