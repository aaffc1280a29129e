import logging
import threading
from itertools import count

import pytest

from agent.orders import Orders
from agent.watchers.looking import Looking
from tests.agent.watchers.waiting import until

ON, OFF = Orders(prints=True), Orders()


def alive(name: str) -> bool:
    return any(thread.name == name for thread in threading.enumerate())


def looking(name: str, looks: list[float]) -> Looking:
    return Looking(name, looks.append, lambda orders: orders.prints, every=0.02, now=count(1).__next__)


def test_it_looks_while_orders_want_it_and_no_thread_is_there_otherwise() -> None:
    looks = list[float]()
    made = looking("looking-1", looks)
    made.obey(OFF)
    assert not alive("looking-1")
    made.obey(ON)
    made.obey(ON)
    until(lambda: len(looks) > 2)
    assert looks[:2] == [1, 1]
    made.obey(Orders(prints=True, paused="It is Sunday."))
    until(lambda: not alive("looking-1"))
    assert not made.goes_on
    made.obey(ON)
    until(lambda: looks[-1] == 2)
    made.close()
    until(lambda: not alive("looking-1"))


def test_a_look_that_fails_is_followed_by_another_and_the_log_says_no_more_than_the_kind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    looks = list[float]()

    def look(since: float) -> None:
        looks.append(since)
        raise OSError("a.clarke's essay")

    made = Looking("looking-2", look, lambda orders: orders.prints, every=0.02)
    with caplog.at_level(logging.ERROR):
        made.obey(ON)
        until(lambda: len(looks) > 1)
    made.close()
    assert "OSError" in caplog.text
    assert "essay" not in caplog.text
