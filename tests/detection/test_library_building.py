import os
import subprocess
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from detection import library_building, matcher
from detection.group_libraries import Difference
from detection.kept_file import KeptFile
from detection.library import LibraryError
from detection.library_building import MOST, Building, cache_folder, in_cache
from detection.library_bundle import Bundle, BundleError, Refusal, build, read
from detection.matcher import Matcher
from tests.detection import libraries
from tests.detection.factories import NOW
from tests.detection.libraries import a, library

WORDS = "nobody likes you"
KEY = SigningKey.generate()


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    return libraries.write(tmp_path / "phrases")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache"


@pytest.fixture
def one(tmp_path: Path) -> KeptFile:
    """Where a device keeps the one it has."""
    return KeptFile(tmp_path / "one")


def may_not_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it is built again"))


def finds(phrases: Path, kept: Path) -> list[str]:
    return [match.phrase.id for match in Matcher(in_cache(phrases, kept)).find(f"they say {WORDS} at all")]


def signed(serial: int = 3) -> bytes:
    said = library(a("go away", hits=("go away",)), a(WORDS, hits=(WORDS,)))
    groups = {"Year 12": Difference(frozenset({said.phrases[0].id}), (a("get lost", hits=("get lost",)),))}
    return build(Bundle(library=said, serial=serial, built_by="Jo Bell", built_at=NOW, groups=groups), KEY)


def test_it_is_built_once_and_finds_the_same_ever_after(
    phrases: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, version = finds(phrases, kept), in_cache(phrases, kept).version
    assert found
    may_not_build(monkeypatch)
    assert finds(phrases, kept) == found
    assert in_cache(phrases, kept).version == version


def test_a_change_of_the_library_is_followed_at_once(phrases: Path, kept: Path) -> None:
    assert finds(phrases, kept)
    for file in phrases.rglob("*.toml"):
        file.write_text(file.read_text().replace(WORDS, "something else"))
    assert not finds(phrases, kept)


def test_a_change_of_the_code_is_followed_as_well(
    phrases: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code" / "detection"
    code.mkdir(parents=True)
    in_cache(phrases, kept)
    monkeypatch.setattr(library_building, "_CODE", code)
    (code / "matcher.py").write_bytes(Path(matcher.__file__).read_bytes())
    in_cache(phrases, kept)
    assert len(list(kept.iterdir())) == 2


def test_what_is_damaged_is_made_anew(phrases: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_cache(phrases, kept)
    (file,) = kept.iterdir()
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    file.write_bytes(whole)
    assert finds(phrases, kept)
    may_not_build(monkeypatch)
    assert finds(phrases, kept)


def test_where_nothing_can_be_kept_it_is_built_each_time(phrases: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert finds(phrases, tmp_path / "file")
    assert finds(phrases, tmp_path / "file" / "below")
    assert Building(KeptFile(tmp_path / "file" / "below")).of_bundle(signed(), 0).serial == 3


def test_few_are_kept(tmp_path: Path, kept: Path) -> None:
    for number in range(MOST + 2):
        phrases = libraries.write(tmp_path / str(number))
        (phrases / "more.toml").write_text(f"# {number}")
        in_cache(phrases, kept)
        for file in kept.iterdir():
            os.utime(file, (number, number))
    assert len(list(kept.iterdir())) == MOST


def test_a_folder_without_a_library_is_an_error_each_time(tmp_path: Path, kept: Path) -> None:
    for _ in range(2):
        with pytest.raises(LibraryError):
            in_cache(tmp_path, kept)


def test_a_bundle_is_built_once_and_says_the_same_ever_after(one: KeptFile, monkeypatch: pytest.MonkeyPatch) -> None:
    content, plain = signed(), read(signed())
    Building(one).of_bundle(content, 0)
    may_not_build(monkeypatch)
    found = Building(one).of_bundle(content, 3)
    assert (found.serial, found.built_by, found.built_at, found.groups) == (3, "Jo Bell", NOW, plain.groups)
    assert found.edition == plain.edition
    assert found.library.searches
    assert tuple(found.library.phrases) == plain.library.phrases


def test_another_bundle_takes_its_place(one: KeptFile) -> None:
    assert [Building(one).of_bundle(signed(serial), 0).serial for serial in (3, 4, 3)] == [3, 4, 3]


def test_a_kept_bundle_that_is_older_than_what_is_in_force_is_refused_as_any(one: KeptFile) -> None:
    for _ in range(2):
        with pytest.raises(BundleError) as refused:
            Building(one).of_bundle(signed(serial=3), 4)
        assert refused.value.refusal is Refusal.OLDER


def test_a_bundle_that_cannot_be_read_is_refused_and_not_kept(one: KeptFile) -> None:
    with pytest.raises(BundleError):
        Building(one).of_bundle(signed()[:-5], 0)
    with pytest.raises(FileNotFoundError):
        one.read()


def test_it_is_kept_where_programs_keep_what_they_can_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/somebody")
    assert cache_folder() == Path("/var/cache/somebody/gatehouse")
