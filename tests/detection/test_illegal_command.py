"""A school is given a list: its key pair, its building from plain lines, and what it holds in numbers."""

from pathlib import Path

import pytest

from detection.illegal_command import main
from detection.illegal_lists import IllegalLists
from detection.library_keys import read_public
from tests.detection.factories import NOW
from tests.detection.illegal import SHA256


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments], lambda: NOW)


@pytest.fixture
def keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run("keys", tmp_path / "keys") == 0
    assert "illegal.pub: for every sensor" in capsys.readouterr().out
    return tmp_path / "keys"


def build(folder: Path, keys: Path, *more: object, lines: str = "# invented\n\nlisted.test\nmixed.test/a\n") -> int:
    (folder / "addresses").write_text(lines)
    key = keys / "illegal.key"
    return run("build", "--name", "Test list", "--by", "Jo", "--key", key, "--out", folder / "list", *more)


def test_what_is_built_is_what_a_sensor_uses(tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bodies").write_text(f"{SHA256}\n")
    assert build(tmp_path, keys, "--addresses", tmp_path / "addresses", "--bodies", tmp_path / "bodies") == 0
    assert "Test list, serial 1772447400, 3 entries" in capsys.readouterr().out
    assert run("check", tmp_path / "list", "--key", keys / "illegal.pub") == 0
    assert "2 addresses, 1 sha256, 0 md5" in capsys.readouterr().out
    lists = IllegalLists((tmp_path / "list",), read_public(keys / "illegal.pub"))
    assert lists.address("www.listed.test", "/")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("fine.test\nnot an address\n", "addresses, line 2: is no address"),
        ("co.uk\n", "addresses, line 1: is no site, but what sites of anybody lie below"),
        ("# not an address\n\n", "nothing to list: there is no line in it but blank ones and comments"),
        ("\0", "addresses: is not a text file"),
        (None, "nothing to list: give --addresses"),
    ],
)
def test_a_mistake_is_one_line_that_quotes_nothing(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str], lines: str | None, complaint: str
) -> None:
    assert build(tmp_path, keys, *(["--addresses", tmp_path / "addresses"] if lines else []), lines=lines or "") == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert "not an address" not in error
    assert error.count("\n") == 1
    assert not (tmp_path / "list").exists()


def test_all_lines_that_are_wrong_are_named_at_once(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bodies").write_text("zz\n")
    files = ("--addresses", tmp_path / "addresses", "--bodies", tmp_path / "bodies")
    assert build(tmp_path, keys, *files, lines="no address\nfine.test\n" + "nor this\n" * 22) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("addresses, line 1: is no address")
    assert said[1].endswith("addresses, line 3: is no address")
    assert said[-1] == "and 4 more lines"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_is_read_however_its_letters_are_spelt(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    (tmp_path / "bodies").write_text(f"{SHA256}\n", encoding)
    assert build(tmp_path, keys, "--bodies", tmp_path / "bodies") == 0
    assert "1 entries" in capsys.readouterr().out


def test_a_file_that_is_no_list_or_missing_is_said(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list").write_text("no list")
    for name in ("list", "missing"):
        assert run("check", tmp_path / name, "--key", keys / "illegal.pub") == 2
    said = capsys.readouterr().err
    assert "list: is not signed" in said
    assert "missing: No such file" in said
