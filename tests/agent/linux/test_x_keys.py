"""Keys of a real X server: layouts, lent keys and clicks."""

from collections.abc import Iterator

import pytest

from agent.linux.keymap import Pressed
from agent.linux.surroundings import Surroundings
from agent.linux.x_keys import XKeys
from agent.linux.x_watch import XWatch
from tests.desktop import Screen, wait_for


@pytest.fixture
def pressed(where: Surroundings) -> Iterator[list[Pressed]]:
    told, clicks = list[Pressed](), list[int]()
    keys = XKeys(where.display, told.append, clicks.append)
    watch = XWatch(where.display, lambda: None, keys.remapped)
    watch.begin()
    keys.begin()
    yield told
    keys.end()
    watch.end()
    assert not keys._thread.is_alive()


def letters(pressed: list[Pressed]) -> str:
    return "".join(key.letter for key in pressed)


def test_letters_are_heard_also_those_that_the_layout_lacks(desk: Screen, pressed: list[Pressed]) -> None:
    desk.type("Cat é £ ü Я!", milliseconds=60)
    desk.key("BackSpace", "ctrl+w")
    wait_for(lambda: len(pressed) >= 14)
    assert letters(pressed) == "Cat é £ ü Я!w"
    assert (pressed[-2].name, pressed[-1].control) == ("BackSpace", True)


def test_another_layout_is_followed(desk: Screen, pressed: list[Pressed]) -> None:
    desk.xdotool("key", "38")
    wait_for(lambda: letters(pressed) == "a")
    desk.layout("ru")
    try:
        wait_for(lambda: desk.xdotool("key", "38") or letters(pressed)[-1] == "ф")
    finally:
        desk.layout("us")


def test_keys_that_wait_are_told_to_whoever_asks_and_at_once_from_then_on(desk: Screen, where: Surroundings) -> None:
    told = list[Pressed]()
    keys = XKeys(where.display, told.append, lambda button: None, lambda: 600.0 if len(told) == 1 else 0.0)
    keys.begin()
    try:
        wait_for(lambda: desk.xdotool("key", "a") or told)
        before = len(told)
        desk.type("bcd")
        assert len(told) == before
        wait_for(lambda: keys.catch_up() or letters(told).endswith("bcd"))
        desk.type("e")
        wait_for(lambda: letters(told).endswith("e"))
    finally:
        keys.end()
    assert not keys._thread.is_alive()


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(OSError, match=r"no X server at :4711"):
        XKeys(":4711", lambda key: None, lambda button: None)
