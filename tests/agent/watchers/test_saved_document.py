import os
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.folders import Folder
from agent.watchers.saved_document import SavedDocument
from agent.watchers.unread import Tally, Unread
from detection.agent_policy.private_window import PrivateWindow
from detection.documents.contents import Contents, Shortfall
from detection.documents.read import read
from detection.observation import Channel, Direction, Mark
from tests.agent.watchers.drawing import picture_of
from tests.detection.documents.factories import docx

ORDERS = Orders(documents=True)


class Documents:
    """Reads in this process."""

    def read(self, body: bytes) -> Contents:
        return read(body)


class NoPictures:
    def __init__(self, why: str = "", contents: Contents | None = None) -> None:
        self.why, self.contents, self.asked = why, contents or Contents(text="off the picture"), 0

    def missing(self) -> str:
        return self.why

    def read(self, body: bytes) -> Contents:
        self.asked += 1
        return self.contents

    def close(self) -> None:
        pass


class Reading:
    def __init__(self, folder: Folder, pictures: NoPictures) -> None:
        self.folder, self.pictures, self.tally = folder, pictures, Tally()
        self._document = SavedDocument(Documents(), pictures, self.tally)

    def save(self, name: str, content: bytes, orders: Orders = ORDERS) -> list[Seen]:
        file = self.folder.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return self.again(name, orders)

    def again(self, name: str, orders: Orders = ORDERS) -> list[Seen]:
        return list(self._document.seen(self.folder, Path(name), orders))


Make = Callable[..., Reading]


@pytest.fixture
def reading(tmp_path: Path) -> Make:
    def make(name: str = "Documents", pictures: NoPictures | None = None) -> Reading:
        folder = Folder(name=name, path=tmp_path / name, downloads=name == "Downloads")
        return Reading(folder, pictures or NoPictures())

    return make


def test_a_document_that_was_saved_is_its_owners_own_words(reading: Make) -> None:
    (seen,) = reading().save("History/rivers.docx", docx("The Nile is long"))
    assert (seen.channel, seen.direction) == (Channel.DOCUMENT, Direction.WRITTEN)
    assert (seen.app, seen.title, seen.location) == ("Documents", "rivers.docx", "History/rivers.docx")
    assert (seen.text, seen.marks, seen.picture) == ("The Nile is long", frozenset(), b"")


def test_what_was_fetched_was_only_shown(reading: Make) -> None:
    (seen,) = reading("Downloads").save("rivers.docx", docx("The Nile is long"))
    assert seen.direction is Direction.SHOWN


def test_what_is_written_into_a_fetched_document_afterwards_is_the_persons_own(reading: Make) -> None:
    downloads = reading("Downloads")
    downloads.save("worksheet.txt", b"Name three rivers\n")
    (seen,) = downloads.save("worksheet.txt", b"Name three rivers\nThe Nile, the Po and the Don\n")
    assert (seen.direction, seen.text) == (Direction.WRITTEN, "The Nile, the Po and the Don")


def test_a_browser_that_notes_the_origin_makes_it_shown_wherever_it_lies(reading: Make) -> None:
    documents = reading()
    documents.save("rivers.txt", b"")
    try:
        os.setxattr(documents.folder.path / "rivers.txt", "user.xdg.origin.url", b"https://files.example/r.txt?key=1")
    except OSError:
        pytest.skip("this file system keeps no such attributes")
    (seen,) = documents.save("rivers.txt", b"The Nile is long")
    assert (seen.direction, seen.location) == (Direction.SHOWN, "https://files.example/r.txt")
    bank = Orders(documents=True, private_windows=(PrivateWindow(address="files.example"),))
    assert documents.save("rivers.txt", b"The Nile is very long", bank) == []


def test_the_same_content_is_said_once_and_of_a_changed_one_only_the_change(reading: Make) -> None:
    documents = reading()
    assert documents.save("a.txt", b"The Nile\n")
    assert documents.again("a.txt") == []
    assert documents.save("copy.txt", b"The Nile\n") == []
    (seen,) = documents.save("a.txt", b"The Nile\nThe Don\n")
    assert seen.text == "The Don"


def test_the_words_in_a_picture_are_said_where_the_school_wants_it_and_only_there(reading: Make) -> None:
    documents = reading()
    assert documents.save("a.png", picture_of("x")) == []
    assert documents.pictures.asked == 0
    (seen,) = documents.save("b.png", picture_of("y"), Orders(documents=True, ocr=True))
    assert (seen.text, seen.marks) == ("off the picture", frozenset({Mark.OCR}))


def test_without_a_program_for_pictures_they_are_counted(reading: Make) -> None:
    documents = reading(pictures=NoPictures(why="it is not installed"))
    assert documents.save("a.png", picture_of("x"), Orders(documents=True, ocr=True)) == []
    assert (documents.tally[Unread.NO_READER], documents.pictures.asked) == (1, 0)


def test_a_long_document_comes_in_passages(reading: Make) -> None:
    text = "\n".join(f"The river number {number} is long." for number in range(9_000))
    found = reading().save("rivers.txt", text.encode())
    assert len(found) > 1
    assert "\n".join(seen.text for seen in found) == text
    assert len({seen.id for seen in found}) == len(found)


def test_what_could_not_be_read_is_counted_by_its_reason_and_the_rest_is_said(reading: Make) -> None:
    documents = reading()
    documents.save("program.exe", b"MZ\x90\0\3\0\0\0")
    documents.save("large.txt", b"a" * ((16 << 20) + 1))
    documents.save("half.docx", docx("The Nile is long")[:-200])
    assert documents.tally[Unread.UNKNOWN] == 1
    assert documents.tally[Unread.LARGE] == 1
    assert documents.tally[Unread.BROKEN] == 1
    assert documents.again("gone.txt") == []
    assert (documents.tally[Unread.LARGE], documents.tally[Unread.BROKEN]) == (1, 1)


def test_a_picture_that_takes_too_long_is_counted(reading: Make) -> None:
    documents = reading(pictures=NoPictures(contents=Contents(shortfall=Shortfall.TIMEOUT)))
    assert documents.save("a.png", picture_of("x"), Orders(documents=True, ocr=True)) == []
    assert documents.tally[Unread.TIMEOUT] == 1


def test_a_name_that_is_no_text_does_no_harm(reading: Make) -> None:
    documents = reading()
    name = os.fsdecode(b"Fl\xfcsse.txt")
    (seen,) = documents.save(name, b"The Rhine")
    seen.title.encode()
    seen.location.encode()
