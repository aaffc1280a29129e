"""Of the active window only what may be seen just now is shown, read or pictured."""

from collections.abc import Callable, Sequence

import pytest

from agent.orders import Orders
from agent.session.desktop import Desktop, Tell, Window
from agent.session.view import NO_DESKTOP, View

WINDOW = Window(key="w", app="Editor", title="Notes")
BANK = Window(key="w", app="Chromium", title="Home", address="https://www.lloydsbank.co.uk/")
SEES = Orders(screen=True, pictures=True)


class OneWindow(Desktop):
    """With one window, which ``reading`` may change while it is read."""

    def __init__(self, window: Window | None = WINDOW) -> None:
        self.window = window
        self.shows: Sequence[str] = ("see you",)
        self.reading: Callable[[], object] = lambda: None

    def begin(self, tell: Tell) -> None: ...

    def end(self) -> None: ...

    def active(self) -> Window | None:
        return self.window

    def texts(self, window: Window) -> Sequence[str]:
        self.reading()
        return self.shows

    def picture(self, window: Window) -> bytes:
        return f"JPEG of {window.title}".encode()

    def unseen(self) -> Sequence[str]:
        return ("the menus",)


def view(desktop: Desktop | None, orders: Orders = SEES) -> View:
    made = View()
    made.desktop, made.orders = desktop, orders
    return made


def test_a_window_that_may_be_seen_is_shown_read_and_pictured() -> None:
    seen = view(OneWindow())
    assert seen.shown() == (WINDOW, b"JPEG of Notes")
    assert (seen.look().window, seen.look().texts, seen.look().is_same) == (WINDOW, ("see you",), True)
    assert seen.picture(WINDOW) == b"JPEG of Notes"
    assert list(seen.unseen()) == ["the menus"]


@pytest.mark.parametrize("window", [BANK, None])
def test_of_a_private_one_or_of_none_there_is_nothing(window: Window | None) -> None:
    seen = view(OneWindow(window))
    assert (seen.shown(), seen.look().texts, seen.picture(WINDOW)) == (None, (), b"")


def test_before_there_are_orders_and_while_they_pause_nothing_is_shown() -> None:
    for orders in (View().orders, Orders(screen=True, pictures=True, paused="lunch")):
        assert (view(OneWindow(), orders).shown(), view(OneWindow(), orders).unseen()) == (None, ())


def test_what_was_read_while_another_page_came_is_let_go() -> None:
    desktop = OneWindow()
    desktop.reading = lambda: setattr(desktop, "window", BANK)
    found = view(desktop).look()
    assert (found.texts, found.is_same) == ((), False)


def test_a_private_page_that_is_on_its_way_is_not_read() -> None:
    desktop = OneWindow()
    desktop.shows = ("https://www.lloydsbank.co.uk/", "see you")
    assert view(desktop).look().texts == ()


def test_a_picture_is_of_the_window_asked_for_and_only_where_pictures_are_wanted() -> None:
    assert view(OneWindow()).picture(Window(key="other", app="Editor", title="Old")) == b""
    assert view(OneWindow(), Orders(screen=True)).picture(WINDOW) == b""
    assert view(OneWindow()).picture(None) == b""


def test_a_desktop_that_is_not_there_is_told() -> None:
    assert list(view(None).unseen()) == [NO_DESKTOP]
    assert (view(None).shown(), view(None).look().is_same) == (None, False)
