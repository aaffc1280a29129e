import os
from pathlib import Path

import pytest

from detection.own_file import OwnFile, keep_newest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "own"


def test_what_was_written_is_read(file: Path) -> None:
    for content in (b"one", b"another"):
        OwnFile(file).replace(content)
        assert OwnFile(file).read()[:] == content


def test_what_is_read_stays_as_it_was_when_another_takes_its_place(file: Path) -> None:
    OwnFile(file).replace(b"one")
    read = OwnFile(file).read()
    OwnFile(file).replace(b"another")
    assert read[:] == b"one"


@pytest.mark.parametrize(("which", "mode"), [("file", 0o620), ("file", 0o604), ("folder", 0o777)])
def test_what_somebody_else_could_have_written_or_read_is_not_used(file: Path, which: str, mode: int) -> None:
    OwnFile(file).replace(b"one")
    (file if which == "file" else file.parent).chmod(mode)
    with pytest.raises(PermissionError, match="others can read or write it"):
        OwnFile(file).read()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_belongs_to_somebody_else_is_not_read(file: Path) -> None:
    OwnFile(file).replace(b"one")
    os.chown(file, 12345, 12345)
    with pytest.raises(PermissionError):
        OwnFile(file).read()


def test_what_is_missing_or_empty_is_told_as_such(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        OwnFile(file).read()
    OwnFile(file).replace(b"")
    with pytest.raises(OSError, match="is empty"):
        OwnFile(file).read()


def test_nothing_is_written_where_others_may_write_or_nobody_can(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "file").touch()
    for folder in (tmp_path / "open", tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OSError, match=r"open|file"):
            OwnFile(folder / "own").replace(b"one")
    assert not list((tmp_path / "open").iterdir())


def test_the_newest_are_kept(file: Path) -> None:
    for number in range(4):
        each = file.with_name(f"own-{number}")
        OwnFile(each).replace(b"one")
        os.utime(each, (number, number))
    keep_newest(file.parent, "own-*", 2)
    assert sorted(each.name for each in file.parent.iterdir()) == ["own-2", "own-3"]
