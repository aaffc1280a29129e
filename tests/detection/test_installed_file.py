import os
from pathlib import Path

import pytest

from detection.installed_file import InstalledFile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "program").mkdir(mode=0o755)
    return tmp_path / "program" / "made"


def test_what_was_written_is_read_and_another_takes_its_place_in_one_step(file: Path) -> None:
    InstalledFile(file).replace(b"one")
    read = InstalledFile(file).read()
    InstalledFile(file).replace(b"another")
    assert (read[:], InstalledFile(file).read()[:]) == (b"one", b"another")
    assert [each.name for each in file.parent.iterdir()] == ["made"]


def test_everybody_may_read_it(file: Path) -> None:
    before = os.umask(0o077)
    try:
        InstalledFile(file).replace(b"one")
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(("which", "mode"), [("file", 0o664), ("file", 0o646), ("folder", 0o757), ("folder", 0o1777)])
def test_what_somebody_else_could_have_written_is_not_used(file: Path, which: str, mode: int) -> None:
    InstalledFile(file).replace(b"one")
    (file if which == "file" else file.parent).chmod(mode)
    with pytest.raises(PermissionError, match="others than those who installed the program can write it"):
        InstalledFile(file).read()


def test_a_folder_that_is_its_groups_is_none_the_worse(file: Path) -> None:
    InstalledFile(file).replace(b"one")
    file.parent.chmod(0o775)
    assert InstalledFile(file).read()[:] == b"one"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_belongs_to_somebody_else_is_used_only_where_the_code_is_theirs_too(file: Path, which: str) -> None:
    InstalledFile(file).replace(b"one")
    os.chown(file if which == "file" else file.parent, 12345, 12345)
    with pytest.raises(PermissionError):
        InstalledFile(file).read()
    code = file.with_name("code.py")
    code.touch()
    os.chown(code, 12345, 12345)
    assert InstalledFile(file, code).read()[:] == b"one"


def test_what_is_missing_or_empty_is_told_as_such(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        InstalledFile(file).read()
    InstalledFile(file).replace(b"")
    with pytest.raises(OSError, match="is empty"):
        InstalledFile(file).read()
