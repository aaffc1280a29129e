import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from watchdog.observers.api import EventEmitter

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.documents import MOST_WAITING, DocumentWatcher
from agent.watchers.pictures import MISSING, Pictures
from agent.watchers.unread import Tally, Unread
from detection.observation import Direction, Mark
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_office, needs_tesseract
from tests.agent.watchers.soffice import converted
from tests.agent.watchers.waiting import until

ORDERS = Orders(documents=True, folders=("Documents", "Downloads"))


def observers() -> bool:
    """Whether folders are watched: the one that hands on what is heard starts last."""
    return any(isinstance(thread, EventEmitter) for thread in threading.enumerate())


class Watched:
    def __init__(self, home: Path, pictures: Pictures | None = None, age: float = 1.0) -> None:
        self.home, self.tally, self.seen = home, Tally(), list[Seen]()
        self.watcher = DocumentWatcher(
            self.seen.append, home, self.tally, pictures=pictures, quiet=0.2, attend=0.3, age=lambda: age
        )

    @property
    def texts(self) -> list[str]:
        return [seen.text for seen in self.seen]

    def begun(self, orders: Orders = ORDERS) -> "Watched":
        """And known to be watching."""
        self.watcher.obey(orders)
        first = self.home / "Documents" / "first.txt"

        until(observers)
        first.write_text(f"first {time.monotonic_ns()}")
        until(lambda: bool(self.seen))
        self.seen.clear()
        return self


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    for name in ("Documents", "Downloads"):
        (tmp_path / name).mkdir()
    made = Watched(tmp_path)
    yield made
    made.watcher.close()


@needs_office
@pytest.mark.parametrize("kind", ["docx", "odt", "pdf"])
def test_what_libreoffice_saves_is_read(watched: Watched, kind: str) -> None:
    content = converted("The longest river of all is the Nile.", kind)
    watched.begun()
    (watched.home / "Documents" / "lu12345abc.tmp").write_bytes(content)
    (watched.home / "Documents" / "lu12345abc.tmp").rename(watched.home / "Documents" / f"essay.{kind}")
    until(lambda: bool(watched.seen))
    (seen,) = watched.seen
    assert (seen.text, seen.title) == ("The longest river of all is the Nile.", f"essay.{kind}")
    assert seen.direction is Direction.WRITTEN


@needs_office
def test_libreoffice_itself_saving_into_the_folder_is_noticed_once(watched: Watched) -> None:
    watched.begun()
    source, home = watched.home / "essay.txt", watched.home
    source.write_text("The Volga flows into the Caspian Sea.")
    profile = f"-env:UserInstallation=file://{home}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(home / "Documents"),
        str(source),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    until(lambda: bool(watched.seen))
    (home / "Documents" / "last.txt").write_text("last")
    until(lambda: "last" in watched.texts)
    assert watched.texts == ["The Volga flows into the Caspian Sea.", "last"]


def test_what_a_browser_fetches_is_shown_once_it_has_its_name(watched: Watched) -> None:
    watched.begun()
    partial = watched.home / "Downloads" / "rivers.txt.crdownload"
    with partial.open("w") as file:
        file.write("The Nile ")
        file.flush()
        (watched.home / "Downloads" / "other.txt").write_text("other")
        until(lambda: bool(watched.seen))
        file.write("is long")
    partial.rename(watched.home / "Downloads" / "rivers.txt")
    until(lambda: len(watched.seen) > 1)
    assert watched.texts == ["other", "The Nile is long"]
    assert {seen.direction for seen in watched.seen} == {Direction.SHOWN}


@needs_tesseract
def test_the_words_in_a_picture_are_read_where_orders_say_so(watched: Watched) -> None:
    watched.begun(replace(ORDERS, ocr=True))
    (watched.home / "Documents" / "sign.png").write_bytes(picture_of("the river is cold in winter"))
    until(lambda: bool(watched.seen))
    assert "the river is cold in winter" in watched.texts[0]
    assert watched.seen[0].marks == {Mark.OCR}


def test_while_paused_nothing_is_read_and_afterwards_nothing_of_that_time(watched: Watched) -> None:
    watched.begun()
    for orders in (replace(ORDERS, paused="It is Sunday."), replace(ORDERS, documents=False)):
        watched.watcher.obey(orders)
        until(lambda: not observers())
        (watched.home / "Documents" / "private.txt").write_text("a letter to a friend")
        watched.begun()
        assert watched.seen == []


def test_a_folder_that_comes_later_is_watched_then_with_what_came_with_it(watched: Watched) -> None:
    watched.begun(replace(ORDERS, folders=("Documents", "School")))
    (watched.home / "School").mkdir()
    (watched.home / "School" / "rivers.txt").write_text("The Nile is long")
    until(lambda: "The Nile is long" in watched.texts)
    (watched.home / "School" / "lakes.txt").write_text("Lake Baikal is deep")
    until(lambda: "Lake Baikal is deep" in watched.texts)


def test_what_was_saved_while_the_session_was_killed_and_came_back_is_read(watched: Watched) -> None:
    (watched.home / "Documents" / "old.txt").write_text("long ago")
    os.utime(watched.home / "Documents" / "old.txt", (0, 0))
    (watched.home / "Documents" / "rivers.txt").write_text("The Nile is long")
    watched.watcher.obey(ORDERS)
    until(lambda: bool(watched.seen))
    assert watched.texts == ["The Nile is long"]


def test_a_session_that_has_run_for_long_does_not_look_back(tmp_path: Path) -> None:
    """It was told to see nothing until now."""
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Documents" / "private.txt").write_text("a letter to a friend")
    os.utime(tmp_path / "Documents" / "private.txt", (time.time() - 2, time.time() - 2))
    watched = Watched(tmp_path, age=3600.0)
    watched.watcher.obey(ORDERS)
    until(observers)
    (tmp_path / "Documents" / "last.txt").write_text("last")
    until(lambda: bool(watched.seen))
    watched.watcher.close()
    assert watched.texts == ["last"]


def test_nothing_that_lies_in_a_folder_holds_it_up(watched: Watched) -> None:
    watched.begun()
    documents = watched.home / "Documents"
    os.mkfifo(documents / "fifo.txt")
    (documents / "away.txt").symlink_to("/etc/hostname")
    with (documents / "film.txt").open("wb") as file:
        file.truncate(1 << 40)
    (documents / "broken.docx").write_bytes(b"PK\x03\x04 is no archive")
    (documents / "empty.odt").touch()
    (documents / ".~lock.essay.odt#").write_text(",a.clarke,,;")
    (documents / "short-lived.txt").write_text("gone soon")
    (documents / "short-lived.txt").unlink()
    (documents / "last.txt").write_text("The Nile is long")
    until(lambda: bool(watched.seen))
    until(lambda: watched.tally[Unread.LARGE] == watched.tally[Unread.BROKEN] == watched.tally[Unread.OUTSIDE] == 1)
    assert watched.texts == ["The Nile is long"]
    assert not [sentence for sentence in watched.tally.sentences() if "film" in sentence or "away" in sentence]


def test_thousands_of_files_at_once_are_read_as_far_as_there_is_room_and_the_rest_is_counted(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    bag, tally, seen = tmp_path / "bag", Tally(), list[Seen]()
    bag.mkdir()
    for number in range(MOST_WAITING + 500):
        (bag / f"{number}.txt").write_text(f"river {number}")
    watcher = DocumentWatcher(seen.append, tmp_path, tally, quiet=2.0, age=lambda: 1.0)
    watcher.obey(ORDERS)
    try:
        until(observers)
        bag.rename(tmp_path / "Documents" / "bag")
        until(lambda: len(seen) >= MOST_WAITING, seconds=120)
        assert len(seen) + tally[Unread.CROWDED] >= MOST_WAITING + 500
        (tmp_path / "Documents" / "last.txt").write_text("the last river")
        until(lambda: seen[-1].text == "the last river")
    finally:
        watcher.close()


def test_it_stops_within_a_second_whatever_it_does(watched: Watched) -> None:
    watched.begun()
    for number in range(500):
        (watched.home / "Documents" / f"{number}.txt").write_text(f"river {number}")
    until(lambda: bool(watched.seen))
    begun = time.monotonic()
    watched.watcher.close()
    assert time.monotonic() - begun < 1.0
    count = len(watched.seen)
    (watched.home / "Documents" / "after.txt").write_text("after")
    until(lambda: not any(thread.name == "documents" for thread in threading.enumerate()))
    assert len(watched.seen) <= count + 1
    assert "after" not in watched.texts


def test_what_cannot_be_done_is_said_only_while_it_is_wanted(tmp_path: Path) -> None:
    watched = Watched(tmp_path, Pictures(find=str))
    assert watched.watcher.health() == []
    watched.watcher.obey(replace(ORDERS, ocr=True))
    assert watched.watcher.health() == [MISSING]
    watched.watcher.obey(ORDERS)
    assert watched.watcher.health() == []
    watched.watcher.close()
