"""The signing pair: the private half is its owner's alone, and what is no key is said to be none."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from detection.library_keys import new_key, read_private, read_public
from detection.settings import SettingsError


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    private, public = tmp_path / "library.key", tmp_path / "library.pub"
    new_key(private, public)
    return private, public


def test_the_halves_belong_together(pair: tuple[Path, Path]) -> None:
    private, public = pair
    assert read_private(private).verify_key == read_public(public)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_key_that_is_there_is_not_replaced(pair: tuple[Path, Path]) -> None:
    with pytest.raises(FileExistsError):
        new_key(*pair)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda file: file.unlink(), "library_key: cannot be read: No such file"),
        (lambda file: file.write_bytes(b"short"), "library_key: is not a key"),
        (lambda file: file.chmod(0o640), "library_key: others can read it; chmod 600 it"),
    ],
)
def test_a_private_half_that_will_not_do(
    pair: tuple[Path, Path], spoil: Callable[[Path], object], problem: str
) -> None:
    spoil(pair[0])
    with pytest.raises(SettingsError, match=problem):
        read_private(pair[0])


def test_a_public_half_that_is_none(pair: tuple[Path, Path]) -> None:
    pair[1].write_bytes(b"x" * 31)
    with pytest.raises(SettingsError, match="does not hold the public half of a key"):
        read_public(pair[1])
