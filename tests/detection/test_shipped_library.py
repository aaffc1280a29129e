"""What installing makes of the shipped library: no sensor builds its own, unless it must not be believed."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from detection import kept_library, library_building, shipped_library
from detection.installed_file import InstalledFile
from detection.kept_file import KeptFile
from detection.library import Library, load
from detection.library_building import Building, packed_bundle
from detection.library_bundle import Bundle, build
from detection.matcher import Matcher
from detection.shipped_library import built, install, main, shipped
from tests.detection import libraries
from tests.detection.factories import NOW

SAID = "they say nobody likes you at all"


@pytest.fixture
def phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In the place of those that Gatehouse comes with."""
    made = libraries.write(tmp_path / "phrases")
    monkeypatch.setattr(library_building, "SHIPPED", made)
    return made


@pytest.fixture
def installed(tmp_path: Path, phrases: Path) -> InstalledFile:
    (tmp_path / "program").mkdir(mode=0o755)
    file = InstalledFile(tmp_path / "program" / "library.kept")
    install(file, phrases)
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """What a sensor keeps of a library that it had built itself."""
    return tmp_path / "own"


def start(phrases: Path, installed: InstalledFile, own: Path) -> Library:
    library = Building(KeptFile(own), installed=installed).of_folder(phrases)
    assert Matcher(library).find(SAID)
    return library


def test_a_sensor_starts_from_it_and_builds_and_keeps_nothing(
    phrases: Path, installed: InstalledFile, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it is built again"))
    assert start(phrases, installed, own).searches
    assert not own.exists()


def test_it_is_the_same_wherever_the_program_and_its_phrases_lie(
    phrases: Path, installed: InstalledFile, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = phrases.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(library_building, "SHIPPED", moved)
    start(moved, installed, own)
    assert not own.exists()


def test_of_a_library_that_changed_since_then_each_builds_its_own(
    phrases: Path, installed: InstalledFile, own: Path
) -> None:
    before = start(phrases, installed, own).version
    for file in phrases.rglob("*.toml"):
        file.write_text(file.read_text().replace("severity = 3", "severity = 4"))
    assert start(phrases, installed, own).version != before
    assert own.exists()


def test_of_code_that_changed_since_then_too(
    phrases: Path, installed: InstalledFile, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_building, "_CODE", tmp_path / "other code")
    start(phrases, installed, own)
    assert own.exists()


@pytest.mark.parametrize("change", ["missing", "cut short", "written by anybody"])
def test_one_that_cannot_be_believed_is_as_if_it_were_not_there(
    phrases: Path, installed: InstalledFile, own: Path, change: str
) -> None:
    file = Path(str(installed))
    if change == "missing":
        file.unlink()
    elif change == "cut short":
        os.truncate(file, file.stat().st_size // 2)
    else:
        file.chmod(0o666)
    start(phrases, installed, own)
    assert own.exists()


def test_another_library_than_the_shipped_one_is_built_as_ever(
    installed: InstalledFile, own: Path, tmp_path: Path
) -> None:
    start(libraries.write(tmp_path / "theirs"), installed, own)
    assert own.exists()


def test_it_is_made_once_and_again_only_when_something_changed(phrases: Path, installed: InstalledFile) -> None:
    file = Path(str(installed))
    first = file.stat().st_ino
    install(installed, phrases)
    assert file.stat().st_ino == first
    file.write_bytes(file.read_bytes()[:-1])
    install(installed, phrases)
    assert file.stat().st_ino != first


def bundle_of(library: Library) -> bytes:
    return build(Bundle(library=library, serial=3, built_by="Jo Bell", built_at=NOW), SigningKey.generate())


def test_a_school_that_changed_nothing_is_given_what_was_built_of_it(
    phrases: Path, installed: InstalledFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_library, "tables_of", lambda _: pytest.fail("it is built again"))
    found = kept_library.opened(packed_bundle(bundle_of(load(phrases)), "name", installed, phrases), "name")
    assert found
    library, more = found
    assert (library.version, more["serial"], more["built_by"]) == (load(phrases).version, 3, "Jo Bell")
    assert Matcher(library).find(SAID)


def test_what_a_school_changed_is_built(phrases: Path, installed: InstalledFile) -> None:
    theirs = Library((replace(load(phrases).phrases[0], text="get lost"),))
    found = kept_library.opened(packed_bundle(bundle_of(theirs), "name", installed, phrases), "name")
    assert found
    assert (found[0].version, Matcher(found[0]).find(SAID)) == (theirs.version, [])
    assert Matcher(found[0]).find("now get lost")


def test_who_only_reads_it_has_the_same_library_without_reading_its_files(
    phrases: Path, installed: InstalledFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = load(phrases)
    monkeypatch.setattr(shipped_library, "load", lambda _: pytest.fail("its files are read"))
    read = shipped(phrases, installed)
    assert read == plain
    assert (read.version, read.languages, read.searches) == (plain.version, plain.languages, None)
    assert built(phrases, installed).searches


def test_who_only_reads_it_reads_its_files_where_they_changed(phrases: Path, installed: InstalledFile) -> None:
    (file,) = phrases.rglob("*.toml")
    file.write_text(file.read_text().replace("severity = 3", "severity = 4"))
    assert [each.severity for each in shipped(phrases, installed).phrases] == [4]


def test_where_it_would_not_be_believed_that_is_one_line(
    installed: InstalledFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(str(installed))
    file.parent.chmod(0o777)

    def into_the_open() -> None:
        install(installed, library_building.SHIPPED)

    monkeypatch.setattr(shipped_library, "install", into_the_open)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"the shipped library cannot be kept, so each sensor builds its own: {file}: others")
    assert said.count("\n") == 1
