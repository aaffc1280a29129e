from datetime import timedelta

import pytest

from detection.extract.edit import Edit
from detection.typed_documents import KEPT, PAUSE, Place, TypedDocuments
from tests.detection.factories import NOW

HERE: Place = ("person:p-17", "Google Docs", "doc-1")
ELSEWHERE: Place = ("person:p-17", "Google Docs", "doc-2")


class Desk:
    """Somebody who writes a few letters every second."""

    def __init__(self, most: int = 2000) -> None:
        self.documents, self.said, self.now = TypedDocuments(most), list[str](), NOW

    def type(self, *pieces: str, place: Place = HERE, at: int = 1) -> None:
        for piece in pieces:
            self.documents.take(place, [Edit(at, piece)], self.now, self.said.append)
            at += len(piece)
            self.now += timedelta(seconds=1)

    def wait(self, time: timedelta) -> None:
        self.now += time
        self.documents.pause(self.now)


def test_what_is_typed_piece_by_piece_is_one_sentence() -> None:
    desk = Desk()
    desk.type("My ", "hams", "ter ", "is i", "ll. ", "He")
    assert desk.said == ["My hamster is ill."]


def test_what_has_no_end_is_handed_on_after_a_pause_and_once() -> None:
    desk = Desk()
    desk.type("My ", "hams", "ter")
    desk.wait(PAUSE - timedelta(seconds=2))
    assert desk.said == []
    desk.wait(timedelta(seconds=1))
    desk.wait(PAUSE)
    assert desk.said == ["My hamster"]


def test_after_the_pause_the_sentence_goes_on_and_is_read_whole() -> None:
    desk = Desk()
    desk.type("My hamster")
    desk.wait(PAUSE)
    desk.type(" is ill.\n", at=11)
    assert desk.said == ["My hamster", "My hamster is ill."]


@pytest.mark.parametrize("other", [ELSEWHERE, ("person:p-18", "Google Docs", "doc-1"), ("person:p-17", "B", "doc-1")])
def test_each_person_and_document_stands_alone(other: Place) -> None:
    desk = Desk()
    desk.type("My ham")
    desk.type("ster\n", place=other, at=7)
    assert desk.said == ["ster"]
    desk.wait(PAUSE)
    assert desk.said == ["ster", "My ham"]


def test_nothing_waits_when_there_is_nothing_to_come() -> None:
    desk = Desk()
    desk.type("My ham")
    desk.type("Your ham", place=ELSEWHERE)
    desk.documents.finish()
    desk.documents.finish()
    assert desk.said == ["My ham", "Your ham"]


def test_the_way_it_is_handed_on_is_that_of_the_last_edit() -> None:
    desk, later = Desk(), list[str]()
    desk.type("My ")
    desk.documents.take(HERE, [Edit(4, "ham")], desk.now, later.append)
    desk.wait(PAUSE)
    assert (desk.said, later) == ([], ["My ham"])


def test_only_so_many_documents_are_remembered_and_none_is_lost_unread() -> None:
    desk = Desk(most=1)
    desk.type("My ham")
    desk.type("Your ham", place=ELSEWHERE)
    assert desk.said == ["My ham"]
    desk.type("ster\n", at=7)
    assert desk.said == ["My ham", "ster", "Your ham"]


def test_a_document_left_for_long_is_forgotten() -> None:
    desk = Desk()
    desk.type("My ham")
    desk.now += KEPT
    desk.type("x", place=ELSEWHERE)
    desk.type("ster\n", at=7)
    assert desk.said == ["My ham", "ster"]


def test_who_hands_on_may_take_more() -> None:
    """It runs outside the lock."""
    desk = Desk()
    desk.documents.take(HERE, [Edit(1, "One.\n")], NOW, lambda text: desk.type(f"{text} again.\n", place=ELSEWHERE))
    assert desk.said == ["One. again."]
