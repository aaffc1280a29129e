import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.utils import BaseThread

from agent.watchers.folder_watch import FolderWatch
from agent.watchers.folders import Folder
from tests.agent.watchers.waiting import until


class Heard:
    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, folder: Folder, path: Path) -> None:
        self.paths.append(f"{folder.name}/{path}")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def watch(heard: Heard) -> Iterator[FolderWatch]:
    made = FolderWatch(heard)
    yield made
    made.close()


def observers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if isinstance(thread, BaseThread)]


def documents(tmp_path: Path) -> Folder:
    return Folder(name="Documents", path=tmp_path / "Documents")


def test_what_is_written_moved_into_place_or_brought_in_with_its_folder_is_told(
    watch: FolderWatch, heard: Heard, tmp_path: Path
) -> None:
    folder = documents(tmp_path)
    (folder.path / "old").mkdir(parents=True)
    assert watch.attend([folder]) == [folder]
    (folder.path / "old" / "notes.txt").write_text("rivers")
    until(lambda: "Documents/old/notes.txt" in heard.paths)
    (tmp_path / "lu1.tmp").write_text("rivers")
    (tmp_path / "lu1.tmp").rename(folder.path / "essay.odt")
    until(lambda: "Documents/essay.odt" in heard.paths)
    (folder.path / "essay.odt").rename(folder.path / "essay 2.odt")
    until(lambda: "Documents/essay 2.odt" in heard.paths)
    (tmp_path / "bag" / "deep").mkdir(parents=True)
    (tmp_path / "bag" / "deep" / "poem.txt").write_text("rivers")
    (tmp_path / "bag").rename(folder.path / "bag")
    until(lambda: "Documents/bag/deep/poem.txt" in heard.paths)


def test_what_is_only_read_is_not_told(watch: FolderWatch, heard: Heard, tmp_path: Path) -> None:
    folder = documents(tmp_path)
    folder.path.mkdir()
    (folder.path / "essay.txt").write_text("rivers")
    watch.attend([folder])
    (folder.path / "essay.txt").read_text()
    (folder.path / "last.txt").write_text("rivers")
    until(lambda: "Documents/last.txt" in heard.paths)
    assert "Documents/essay.txt" not in heard.paths


def test_a_folder_is_watched_once_it_is_there_and_again_when_it_was_replaced(
    watch: FolderWatch, heard: Heard, tmp_path: Path
) -> None:
    folder = documents(tmp_path)
    assert watch.attend([folder]) == []
    folder.path.mkdir()
    assert watch.attend([folder]) == [folder]
    assert watch.attend([folder]) == []
    folder.path.rename(tmp_path / "moved away")
    folder.path.mkdir()
    assert watch.attend([folder]) == [folder]
    (folder.path / "essay.txt").write_text("rivers")
    until(lambda: "Documents/essay.txt" in heard.paths)
    os.remove(folder.path / "essay.txt")
    folder.path.rmdir()
    assert watch.attend([folder]) == []


def test_a_folder_that_is_no_longer_ordered_is_left(watch: FolderWatch, heard: Heard, tmp_path: Path) -> None:
    one, other = documents(tmp_path), Folder(name="Desktop", path=tmp_path / "Desktop")
    for folder in (one, other):
        folder.path.mkdir()
    watch.attend([one, other])
    watch.attend([other])
    (one.path / "essay.txt").write_text("rivers")
    (other.path / "last.txt").write_text("rivers")
    until(lambda: "Desktop/last.txt" in heard.paths)
    assert "Documents/essay.txt" not in heard.paths


def test_no_thread_is_left_where_nothing_is_watched(watch: FolderWatch, tmp_path: Path) -> None:
    folder = documents(tmp_path)
    folder.path.mkdir()
    until(lambda: not observers())
    watch.attend([folder])
    assert observers()
    watch.attend([])
    until(lambda: not observers())


def test_a_folder_that_the_system_refuses_to_watch_is_said_without_its_name(
    watch: FolderWatch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    folder = documents(tmp_path)
    folder.path.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr("watchdog.observers.api.BaseObserver.schedule", refuse)
        assert watch.attend([folder]) == []
    assert watch.unseen() == ["1 folders cannot be watched: the system refuses it"]
    assert watch.attend([folder]) == [folder]
    assert watch.unseen() == []
