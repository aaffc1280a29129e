import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.library import Category, Library, Stage, Voice, load
from detection.library_writing import files, table
from tests.detection.libraries import a

FULL = a(
    "go away", Category.VIOLENCE, 4, embedded=True, near=("@own", "now"), also=("here",), unless=("holiday",), within=7,
    voice=Voice.AIMED, stage=Stage.PLAN, channels=("written",), ages=("11-16",), weight=30,
    hits=("go away",), misses=("a “quoted\\” \"one\"",),
)  # fmt: skip
GERMAN = a("geh weg", id="de.bullying.geh-weg", hits=("geh weg",))
LIBRARY = Library((FULL, a("get lost", hits=("get lost",)), GERMAN), {"en.own": ("i", "me")})


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    for path, content in files(LIBRARY, "For the test.").items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    assert load(tmp_path).version == LIBRARY.version


def test_each_language_and_category_has_a_file_and_words_have_one() -> None:
    assert list(files(LIBRARY, "x")) == ["de/bullying.toml", "en/bullying.toml", "en/violence.toml", "en/words.toml"]


def test_a_phrase_says_only_what_is_not_as_usual() -> None:
    assert files(Library((GERMAN,)), "x")["de/bullying.toml"].splitlines()[2:] == [
        "[geh-weg]",
        'text = "geh weg"',
        "severity = 3",
        'gloss = "telling somebody that they are shut out"',
        'hits = ["geh weg"]',
    ]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_survives(text: str) -> None:
    assert tomllib.loads(table("one", {"text": text})) == {"one": {"text": text}}


@pytest.mark.parametrize(("value", "written"), [(True, "true"), (3, "3"), (("a", "b"), '["a", "b"]'), ("a", '"a"')])
def test_each_kind_of_value_is_written_as_toml_has_it(value: object, written: str) -> None:
    assert table("one", {"field": value}) == f"[one]\nfield = {written}"
