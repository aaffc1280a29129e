from pathlib import Path

import pytest

from detection.library import LibraryError, dump, load, parse
from detection.library_file import read_rows
from detection.word_lists import read_lists, resolved
from tests.detection.factories import phrase
from tests.detection.libraries import GOOD, write

LISTS = '[weapon]\nwords = ["knife", "machete"]\n'


def test_a_list_is_known_by_language_and_name(tmp_path: Path) -> None:
    write(tmp_path, LISTS, "en/words.toml")
    assert read_lists([tmp_path / "en/words.toml"]) == {"en.weapon": ("knife", "machete")}


def test_a_phrase_gets_the_words_of_its_own_language() -> None:
    words = {"en.weapon": ("knife",), "de.weapon": ("messer",)}
    assert resolved(phrase(id="de.violence.x"), ("@weapon", "heute"), words) == ("messer", "heute")


def test_a_library_with_lists_is_the_same_after_the_wire(tmp_path: Path) -> None:
    write(tmp_path, LISTS, "en/words.toml")
    library = load(write(tmp_path, GOOD + 'near = ["@weapon"]\n'))
    assert parse(dump(library)).version == library.version


def test_a_list_that_is_not_there_is_named_with_its_place(tmp_path: Path) -> None:
    said = r"bullying\.toml, line 2: \[nobody-likes-you\]: no list of words is called @weapon"
    with pytest.raises(LibraryError, match=said):
        load(write(tmp_path, GOOD + 'near = ["@weapon"]\n'))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[weapon]\nwords = []\n", r"words.toml: \[weapon\]: words: must be a list of texts"),
        ("[weapon]\n", "must be a list of texts"),
        ("weapon = 1\n", "must be a list of texts"),
        ("[weapon\n", "is not TOML"),
    ],
)
def test_a_list_that_is_not_right_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    write(tmp_path, content, "en/words.toml")
    with pytest.raises(LibraryError, match=reason):
        load(write(tmp_path))


def test_lists_that_are_no_object_are_refused() -> None:
    with pytest.raises(LibraryError, match="words: must be an object"):
        read_rows({"phrases": [], "words": []})
