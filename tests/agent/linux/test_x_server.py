"""The X server, a real one: which window is active, whose it is, and what it looks like."""

from collections.abc import Iterator

import pytest

from agent.linux.surroundings import Surroundings
from agent.linux.x_server import XServer
from tests.desktop import Screen, needs, wait_for


@pytest.fixture
def server(where: Surroundings) -> Iterator[XServer]:
    made = XServer(where.display)
    yield made
    made.close()


@needs("xterm")
def test_a_window_that_says_little_of_itself_is_known_all_the_same(desk: Screen, server: XServer) -> None:
    """xterm has no _NET_WM_NAME; whose it is the server knows from its connection."""
    program = desk.start("xterm", "-T", "A title")
    desk.wait_for_window("A title")
    found = server.active()
    desk.stop_programs()
    assert found is not None
    assert (found.title, found.kind, found.pid) == ("A title", "XTerm", program.pid)


@needs("xterm")
def test_a_windows_pixels_are_its_own_and_only_what_is_on_the_screen(desk: Screen, server: XServer) -> None:
    desk.start("xterm", "-T", "Wide", "-geometry", "300x20+500+300", "-bg", "#204060")
    desk.wait_for_window("Wide")
    found = server.active()
    assert found is not None
    pixels = wait_for(lambda: server.pixels(found.number))
    desk.stop_programs()
    assert 0 < pixels.width < 1280
    assert pixels.data.count(b"\x60\x40\x20") > pixels.width * pixels.height / 2


def test_a_window_that_is_closed_has_no_pixels(server: XServer) -> None:
    assert server.pixels(12345) is None


def test_without_a_window_nothing_is_active(server: XServer) -> None:
    assert server.active() is None


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(OSError, match=r"no X server at :4711"):
        XServer(":4711")
