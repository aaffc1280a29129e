from collections.abc import Iterator
from dataclasses import replace

import pytest

from agent.orders import Orders
from agent.seen import Seen
from agent.session.desktop import Window
from agent.watchers.screen_words import ScreenWords, letters
from agent.watchers.unread import Tally, Unread
from detection.documents.contents import Contents, Shortfall
from detection.observation import Channel, Direction, Mark
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_tesseract
from tests.agent.watchers.waiting import until

ON = Orders(screen=True, ocr=True)
CHAT = Window(key="x1", app="Chat", title="River club", address="https://example.org/chat")


class Reader:
    """Takes a picture's bytes for its words."""

    def __init__(self) -> None:
        self.why, self.read_count = "", 0

    def missing(self) -> str:
        return self.why

    def read(self, body: bytes) -> Contents:
        self.read_count += 1
        return Contents(shortfall=Shortfall.TIMEOUT) if body == b"hard" else Contents(text=body.decode())

    def close(self) -> None:
        pass


class Screen:
    def __init__(self) -> None:
        self.reader, self.seen, self.tally, self.looks = Reader(), list[Seen](), Tally(), 0
        self.now: tuple[Window, bytes] | None = (CHAT, b"The Nile\nis long")
        self.words = ScreenWords(self.seen.append, self.shown, self.tally, pictures=self.reader, every=0.01)

    def shown(self) -> tuple[Window, bytes] | None:
        self.looks += 1
        return self.now

    def looked(self) -> None:
        looks = self.looks
        until(lambda: self.looks > looks + 1)


@pytest.fixture
def screen() -> Iterator[Screen]:
    made = Screen()
    yield made
    made.words.close()


def test_what_stands_in_a_picture_is_said(screen: Screen) -> None:
    screen.words.obey(ON)
    until(lambda: bool(screen.seen))
    (seen,) = screen.seen
    assert (seen.channel, seen.direction) == (Channel.SCREEN, Direction.SHOWN)
    assert seen.marks == {Mark.OCR}
    assert (seen.app, seen.title, seen.location) == ("Chat", "River club", "https://example.org/chat")
    assert (seen.text, seen.picture) == ("The Nile\nis long", b"")


def test_the_picture_itself_goes_with_it_where_pictures_are_wanted(screen: Screen) -> None:
    screen.words.obey(replace(ON, pictures=True))
    until(lambda: bool(screen.seen))
    assert screen.seen[0].picture == b"The Nile\nis long"


def test_the_same_picture_is_not_read_again_and_of_another_only_new_lines_are_said(screen: Screen) -> None:
    screen.words.obey(ON)
    screen.looked()
    screen.looked()
    assert screen.reader.read_count == 1
    screen.now = (CHAT, b"The Nile,\nis long.\nThe Don")
    until(lambda: len(screen.seen) > 1)
    assert screen.seen[1].text == "The Don"


def test_a_window_that_may_not_be_seen_is_not(screen: Screen) -> None:
    screen.now = None
    screen.words.obey(ON)
    screen.looked()
    screen.now = (CHAT, b"")
    screen.looked()
    assert (screen.seen, screen.reader.read_count) == ([], 0)


@pytest.mark.parametrize(
    "orders", [Orders(screen=True), Orders(ocr=True), Orders(screen=True, ocr=True, paused="It is Sunday.")]
)
def test_without_orders_for_both_nothing_is_looked_at(screen: Screen, orders: Orders) -> None:
    screen.words.obey(orders)
    assert screen.looks == 0


def test_where_no_picture_can_be_read_none_is_taken(screen: Screen) -> None:
    screen.reader.why = "tesseract is not installed"
    screen.words.obey(ON)
    assert screen.looks == 0
    screen.reader.why = ""
    screen.now = (CHAT, b"hard")
    until(lambda: screen.tally[Unread.TIMEOUT] == 1)
    assert screen.seen == []


@needs_tesseract
def test_words_on_a_real_picture_are_read_by_tesseract() -> None:
    seen = list[Seen]()
    words = ScreenWords(seen.append, lambda: (CHAT, picture_of("the river is cold", kind="JPEG")), Tally())
    words.obey(ON)
    until(lambda: bool(seen))
    words.close()
    assert "the river is cold" in seen[0].text


def test_a_line_is_known_by_its_letters() -> None:
    assert letters("The Nile, is long.") == letters("the nile is  long")
