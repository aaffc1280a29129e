import threading
import time

from detection.repeating import Repeating
from tests.detection.scripted_appliance import eventually


def test_it_is_done_again_and_again_until_it_is_stopped() -> None:
    turns = list[None]()
    repeating = Repeating("counting", lambda: turns.append(None) or 0.001)
    assert not repeating.running
    repeating.start()
    eventually(lambda: len(turns) > 3)
    assert repeating.running
    assert repeating.stop(20)
    so_far = len(turns)
    assert not repeating.running
    time.sleep(0.02)
    assert len(turns) == so_far


def test_it_rests_as_long_as_a_turn_says_unless_it_is_woken() -> None:
    turns = list[None]()
    repeating = Repeating("counting", lambda: turns.append(None) or 3600.0)
    repeating.start()
    eventually(lambda: len(turns) == 1)
    repeating.wake()
    eventually(lambda: len(turns) == 2)
    assert repeating.stop(20)


def test_before_the_first_time_it_rests_where_that_is_said() -> None:
    turns = list[None]()
    repeating = Repeating("counting", lambda: turns.append(None) or 3600.0, first=3600.0)
    repeating.start()
    assert repeating.stop(20)
    assert turns == []


def test_one_that_takes_too_long_is_waited_for_no_longer() -> None:
    go_on = threading.Event()
    repeating = Repeating("slow", lambda: go_on.wait(20) or 0.0)
    repeating.start()
    assert not repeating.stop(0.01)
    go_on.set()
    assert repeating.stop(20)


def test_one_that_was_never_started_has_stopped() -> None:
    assert Repeating("idle", lambda: 0.0).stop(1)
