from dataclasses import replace
from pathlib import Path

import pytest

from detection.library import SHIPPED, Category, Library, LibraryError, dump, load, parse
from tests.detection.factories import phrase
from tests.detection.libraries import a, library, write


def test_a_folder_of_languages_and_categories_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    (found,) = load(tmp_path).phrases
    assert found.id == "en.bullying.nobody-likes-you"
    assert found.category is Category.BULLYING
    assert found.hits == ("nobody likes you",)


def test_the_version_changes_with_a_phrase_and_not_with_their_order() -> None:
    one, two = a("go away"), a("get lost")
    assert Library((one, two)).version == Library((two, one)).version
    assert Library((one, two)).version != Library((one, replace(two, severity=1))).version
    assert Library((one,)).version != Library((replace(one, gloss="other"),)).version


def test_what_is_dumped_is_read_back_the_same() -> None:
    known = library(phrase(), a("some weed", Category.DRUGS, near=("buy",), ages=("11-16",), hits=("buy some weed",)))
    full = Library(tuple(replace(each, hits=("x y z",)) for each in known.phrases))
    again = parse(dump(full))
    assert again.version == full.version == dump(full)["version"]
    assert set(again.phrases) == set(full.phrases)


@pytest.mark.parametrize(
    "table",
    [None, [], {}, {"phrases": "none"}, {"phrases": [3]}, {"phrases": [{"id": "a"}]}, {"phrases": [{"id": 3}]}],
)
def test_a_library_that_is_not_one_is_refused(table: object) -> None:
    with pytest.raises(LibraryError, match="library"):
        parse(table)


def test_a_received_library_is_checked_like_a_file() -> None:
    table = dump(library(replace(phrase(), hits=("nobody likes you",))))
    table["phrases"][0]["severity"] = 9
    with pytest.raises(LibraryError, match=r"en\.bullying\.nobody-likes-you.*severity: must be 1 to 5"):
        parse(table)


def test_an_id_used_twice_is_refused() -> None:
    rows = dump(library(replace(phrase(), hits=("nobody likes you",))))["phrases"]
    with pytest.raises(LibraryError, match="used twice"):
        parse({"phrases": rows * 2})


def test_the_shipped_library_loads() -> None:
    assert {found.category for found in load(SHIPPED).phrases} == set(Category)
