from datetime import timedelta

import pytest

from detection.growing_searches import PAUSE, Asked, GrowingSearches, Place
from tests.detection.factories import NOW

HERE: Place = ("person:p-17", "shop.example")
ELSEWHERE: Place = ("person:p-18", "shop.example")
MOMENT = timedelta(milliseconds=300)


class Field:
    """Somebody who types into a box that asks every time."""

    def __init__(self, most: int = 100) -> None:
        self.searches, self.read, self.now = GrowingSearches(most), list[str](), NOW

    def type(self, *texts: str, place: Place = HERE, asked: Asked = Asked.BY_SCRIPT) -> None:
        for text in texts:
            self.searches.take(place, text, self.now, asked, lambda text=text: self.read.append(text))
            self.now += MOMENT

    def wait(self, time: timedelta = PAUSE) -> None:
        self.now += time
        self.searches.pause(self.now)


def test_what_grows_letter_by_letter_is_one_search() -> None:
    field = Field()
    field.type("how", "how to", "how to kill", "how to kill a", "how to kill a process")
    assert field.read == []
    field.wait()
    assert field.read == ["how to kill a process"]
    field.wait()
    assert field.read == ["how to kill a process"]


def test_where_nothing_says_how_it_was_asked_only_what_grows_waits() -> None:
    field = Field()
    field.type("rivers of wales", asked=Asked.UNSAID)
    assert field.read == ["rivers of wales"]
    field.type("k", "ki", "kill a", "kill a process", asked=Asked.UNSAID)
    assert field.read == ["rivers of wales", "k"]
    field.wait()
    assert field.read == ["rivers of wales", "k", "kill a process"]


def test_what_is_sent_off_is_read_at_once_and_its_beginnings_not_at_all() -> None:
    field = Field()
    field.type("how to kill", "how to kill a proc")
    field.type("how to kill a process", asked=Asked.OPENED)
    assert field.read == ["how to kill a process"]
    field.wait()
    assert field.read == ["how to kill a process"]


def test_what_was_sent_off_as_it_stood_is_read_once() -> None:
    field = Field()
    field.type("i want to be", "i want to be dead")
    field.type("i want to be dead", asked=Asked.OPENED)
    field.wait()
    assert field.read == ["i want to be dead"]


def test_nothing_is_lost_where_the_last_never_comes() -> None:
    field = Field()
    field.type("i want", "i want to be dead")
    field.searches.finish()
    assert field.read == ["i want to be dead"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (("i want to be daed", "i want to be d", "i want to be dead"), ["i want to be dead"]),
        (("i want to be dead", "i want to be", "i", "cats"), ["i want to be dead", "i", "cats"]),
        (("cats", "dogs"), ["cats", "dogs"]),
    ],
)
def test_a_slip_put_right_is_the_same_search_and_one_taken_back_is_read(
    typed: tuple[str, ...], read: list[str]
) -> None:
    field = Field()
    field.type(*typed)
    field.wait()
    assert field.read == read


def test_two_people_type_apart_and_another_letter_after_the_pause_is_another_search() -> None:
    field = Field()
    field.type("how to")
    field.type("rivers", place=ELSEWHERE)
    field.type("how to kill a process")
    field.wait()
    assert field.read == ["rivers", "how to kill a process"]
    field.type("how to kill a process in windows")
    field.wait()
    assert field.read[2:] == ["how to kill a process in windows"]


def test_of_more_fields_than_are_remembered_the_oldest_is_read_at_once() -> None:
    field = Field(most=1)
    field.type("how to")
    field.type("rivers", place=ELSEWHERE)
    assert field.read == ["how to"]
