import os
import socket
from pathlib import Path

import pytest

from agent.watchers.file_bytes import LARGEST, NotRead, file_bytes
from agent.watchers.unread import Unread


def reason(path: Path, folder: Path, largest: int = LARGEST) -> Unread | None:
    with pytest.raises(NotRead) as caught:
        file_bytes(path, folder, largest)
    return caught.value.why


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "essay.txt").write_bytes(b"rivers" * 100_000)
    assert file_bytes(tmp_path / "a" / "essay.txt", tmp_path) == b"rivers" * 100_000


def test_a_watched_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "essay.txt").write_bytes(b"rivers")
    (tmp_path / "Documents").symlink_to(tmp_path / "disk")
    assert file_bytes(tmp_path / "Documents" / "essay.txt", tmp_path / "Documents") == b"rivers"


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "letter.txt").write_bytes(b"private")
    (tmp_path / "Documents" / "letter.txt").symlink_to(tmp_path / "mail" / "letter.txt")
    (tmp_path / "Documents" / "mail").symlink_to(tmp_path / "mail")
    assert reason(tmp_path / "Documents" / "letter.txt", tmp_path / "Documents") is Unread.OUTSIDE
    assert reason(tmp_path / "Documents" / "mail" / "letter.txt", tmp_path / "Documents") is Unread.OUTSIDE


def test_what_is_larger_than_is_read_is_not_begun_even_if_it_takes_no_room_on_the_disk(tmp_path: Path) -> None:
    with (tmp_path / "film.txt").open("wb") as file:
        file.truncate(1 << 40)
    assert reason(tmp_path / "film.txt", tmp_path) is Unread.LARGE


def test_a_file_of_another_is_counted_as_such(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_bytes(b"rivers")
    (tmp_path / "essay.txt").chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    assert reason(tmp_path / "essay.txt", tmp_path) is Unread.REFUSED


def test_what_is_gone_or_empty_or_no_file_is_nothing_to_count(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "fifo.txt")
    listening = socket.socket(socket.AF_UNIX)
    with listening:
        listening.bind(str(tmp_path / "socket.txt"))
        for name in ("empty.txt", "folder.txt", "fifo.txt", "socket.txt", "gone.txt", "gone/gone.txt"):
            assert reason(tmp_path / name, tmp_path) is None, name
