import os
from pathlib import Path

import pytest

from detection import matcher
from detection.library import LibraryError
from proxy_addons.replay import kept_library
from proxy_addons.replay.kept_library import MOST, built, cache_folder
from tests.detection import libraries
from tests.proxy_addons.replay.factories import WORDS


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    return libraries.write(tmp_path / "phrases")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache"


def may_not_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_library, "Matcher", lambda library: pytest.fail("it is built again"))


def finds(phrases: Path, kept: Path) -> list[str]:
    one = built(phrases, kept)
    return [match.phrase.id for match in one.matcher.find(f"they say {WORDS} at all")]


def test_it_is_built_once_and_finds_the_same_ever_after(
    phrases: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, version = finds(phrases, kept), built(phrases, kept).library.version
    assert found
    may_not_build(monkeypatch)
    assert finds(phrases, kept) == found
    assert built(phrases, kept).library.version == version


def test_a_change_of_the_library_is_followed_at_once(phrases: Path, kept: Path) -> None:
    assert finds(phrases, kept)
    for file in phrases.rglob("*.toml"):
        file.write_text(file.read_text().replace(WORDS, "something else"))
    assert not finds(phrases, kept)


def test_a_change_of_the_code_is_followed_as_well(
    phrases: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code").mkdir()
    monkeypatch.setattr(kept_library, "_CODE", tmp_path / "code")
    built(phrases, kept)
    (tmp_path / "code" / "matcher.py").write_bytes(Path(matcher.__file__).read_bytes())
    built(phrases, kept)
    assert len(list(kept.iterdir())) == 2


def test_what_somebody_else_could_have_written_is_not_read(
    phrases: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(phrases, kept)
    (file,) = kept.iterdir()
    monkeypatch.setattr(kept_library.pickle, "loads", lambda data: pytest.fail("it is read"))
    for path, mode in ((file, 0o620), (kept, 0o777)):
        path.chmod(mode)
        assert finds(phrases, kept)
        path.chmod(0o700)


def test_what_is_damaged_is_made_anew(phrases: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(phrases, kept)
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


def test_few_are_kept(tmp_path: Path, kept: Path) -> None:
    for number in range(MOST + 2):
        built(libraries.write(tmp_path / str(number)), kept)
        for file in kept.iterdir():
            os.utime(file, (number, number))
    assert len(list(kept.iterdir())) == MOST


def test_a_folder_without_a_library_is_an_error_each_time(tmp_path: Path, kept: Path) -> None:
    for _ in range(2):
        with pytest.raises(LibraryError):
            built(tmp_path, kept)


def test_it_is_kept_where_programs_keep_what_they_can_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/somebody")
    assert cache_folder() == Path("/var/cache/somebody/gatehouse")
