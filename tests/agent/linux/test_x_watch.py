"""Told when the active window, or its title, changes, and when a key gets another meaning."""

from agent.linux.surroundings import Surroundings
from agent.linux.x_watch import XWatch
from tests.desktop import Screen, needs, screen, wait_for


@needs("xterm")
def test_a_new_window_and_a_new_title_are_told(desk: Screen, where: Surroundings) -> None:
    told, keys = list[int](), list[int]()
    watch = XWatch(where.display, lambda: told.append(1), lambda first, count: keys.append(first))
    watch.begin()
    desk.start("xterm", "-T", "One", "-e", "sh", "-c", r"read x; printf '\033]0;Two\007'; read x")
    desk.wait_for_window("One")
    before = wait_for(lambda: len(told))
    desk.key("Return")
    desk.wait_for_window("Two")
    wait_for(lambda: len(told) > before)
    desk.type("ы")
    wait_for(lambda: keys, what="a key that means something else")
    watch.end()
    desk.stop_programs()
    assert not watch._thread.is_alive()


def test_it_ends_also_where_the_server_went_first() -> None:
    with screen() as other:
        watch = XWatch(other.environment["DISPLAY"], lambda: None, lambda first, count: None)
        watch.begin()
    wait_for(lambda: not watch._thread.is_alive(), what="the watch to notice")
    watch.end()


@needs("mousepad")
def test_while_somebody_types_a_window_is_not_looked_at_for_every_key(desk: Screen, where: Surroundings) -> None:
    """Its toolkit sets the time of the last key with each."""
    desk.editor()
    told, read = list[int](), list[object]()
    watch = XWatch(where.display, lambda: told.append(1), lambda first, count: None)
    has_news = watch._has_news
    watch._has_news = lambda display: read.append(display) or has_news(display)  # type: ignore[func-returns-value]
    watch.begin()
    desk.type("the cat sat on the mat", milliseconds=50)
    before, keys = len(read), 40
    desk.type("x" * keys, milliseconds=50)
    assert len(read) - before < keys / 2
    desk.key("ctrl+n")
    wait_for(lambda: told)
    watch.end()
    assert not watch._thread.is_alive()
