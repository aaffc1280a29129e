import pytest

from proxy_addons.replay.half_stream import Waiting
from proxy_addons.replay.stream import Side, Stream


def begun() -> Stream:
    stream = Stream(0, (b"pupil", 40000), (b"web", 80))
    for half in stream.halves:
        half.begin(100)
    return stream


def test_the_other_side_of_each_is_the_other() -> None:
    assert [side.other for side in Side] == [Side.SERVER, Side.CLIENT]


def test_a_connection_is_steady_once_both_sides_are_known() -> None:
    stream = Stream(0, (b"pupil", 40000), (b"web", 80))
    stream.halves[0].begin(100)
    assert not stream.is_steady
    assert begun().is_steady


@pytest.mark.parametrize("side", Side)
def test_a_connection_is_not_steady_while_something_waits_or_once_a_side_says_its_end(side: Side) -> None:
    waiting, ending, ended = begun(), begun(), begun()
    waiting.halves[side.value].wait(Waiting(5, 1, 0.0, 0, b"later"))
    ending.halves[side.value].end = 9
    ended.halves[side.value].close()
    assert not any(stream.is_steady for stream in (waiting, ending, ended))


def test_a_connection_is_over_when_both_sides_are() -> None:
    stream = begun()
    stream.halves[0].close()
    assert not stream.over
    stream.halves[1].close()
    assert stream.over
