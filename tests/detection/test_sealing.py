"""A sensor can write what only the appliance can open."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from detection.sealing import SALT, Opener, Sealer, SealingError, new_key


@pytest.fixture
def keys(tmp_path: Path) -> tuple[bytes, bytes]:
    new_key(tmp_path / "private", tmp_path / "public")
    return (tmp_path / "private").read_bytes(), (tmp_path / "public").read_bytes()


def test_only_the_private_half_opens_what_was_sealed(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    sealed = Sealer(public).seal(b"nobody likes you")
    assert b"nobody" not in sealed
    assert Opener(private).open(sealed) == b"nobody likes you"
    with pytest.raises(SealingError):
        Opener(public).open(sealed)


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b"", lambda b: b * 2]
)
def test_what_was_damaged_does_not_open(keys: tuple[bytes, bytes], damage: Callable[[bytes], bytes]) -> None:
    private, public = keys
    with pytest.raises(SealingError, match="damaged"):
        Opener(private).open(damage(Sealer(public).seal(b"x")))


def test_a_new_key_is_its_owners_alone_and_never_replaces_one(tmp_path: Path) -> None:
    new_key(tmp_path / "private", tmp_path / "public")
    before = (tmp_path / "private").read_bytes(), (tmp_path / "public").read_bytes()
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        new_key(tmp_path / "private", tmp_path / "public")
    assert before == ((tmp_path / "private").read_bytes(), (tmp_path / "public").read_bytes())


def test_a_blob_is_named_by_its_salted_content(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    sealer = Sealer(public)
    name, salted = sealer.blob(b"a page")
    assert name == hashlib.sha256(salted).hexdigest()
    assert salted[SALT:] == b"a page"
    assert Opener(private).blob(name, sealer.seal(salted)) == b"a page"


def test_the_same_content_is_one_blob_for_a_sensors_life_and_cannot_be_guessed(keys: tuple[bytes, bytes]) -> None:
    _, public = keys
    sealer = Sealer(public)
    assert sealer.blob(b"yes") == sealer.blob(b"yes")
    assert sealer.blob(b"yes")[0] != Sealer(public).blob(b"yes")[0]
    assert sealer.blob(b"yes")[0] != hashlib.sha256(b"yes").hexdigest()


@pytest.mark.parametrize("name", ["0" * 64, "", "é", "\ud800"])
def test_a_blob_under_another_name_is_refused(keys: tuple[bytes, bytes], name: str) -> None:
    private, public = keys
    sealer = Sealer(public)
    _, salted = sealer.blob(b"a page")
    with pytest.raises(SealingError, match="name"):
        Opener(private).blob(name, sealer.seal(salted))


def test_the_same_content_sealed_alike_is_the_same_box_and_opens_like_any_other(keys: tuple[bytes, bytes]) -> None:
    private, public = keys
    sealer = Sealer(public)
    first = sealer.seal_alike(b"one")
    assert sealer.seal_alike(b"one") == first
    assert Sealer(public).seal_alike(b"one") != first
    assert Opener(private).open(first) == b"one"
