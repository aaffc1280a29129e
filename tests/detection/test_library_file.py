from pathlib import Path

import pytest

from detection.library import LibraryError, load
from tests.detection.libraries import GOOD, write


def lines(**changes: str | None) -> str:
    """A good phrase with some lines changed or left out."""
    fields: dict[str, str | None] = {
        "text": '"nobody likes you"',
        "severity": "3",
        "gloss": '"Shut out."',
        "hits": '["nobody likes you"]',
        **changes,
    }
    return "\n[one]\n" + "\n".join(f"{name} = {value}" for name, value in fields.items() if value is not None)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (lines(colour='"red"'), 7, "colour: unknown; known here: text"),
        (lines(severity="0"), 4, "severity: must be 1 to 5"),
        (lines(severity="6"), 4, "severity: must be 1 to 5"),
        (lines(severity="true"), 4, "severity: must be a whole number"),
        (lines(severity='"3"'), 4, "severity: must be a whole number"),
        (lines(text='""'), 3, "text: is required and missing"),
        (lines(text='"!? "'), 3, "text: fewer than 3 letters"),
        (lines(text='"ab"'), 3, "text: fewer than 3 letters"),
        (lines(text="3"), 3, "text: must be a text"),
        (lines(text=None), 2, "text: is required and missing"),
        (lines(gloss=None), 2, "gloss: is required and missing"),
        (lines(gloss='" "'), 5, "gloss: is required and missing"),
        (lines(hits=None), 2, "hits: is required and missing"),
        (lines(hits="[]"), 6, "hits: is required and missing"),
        (lines(hits='"nobody likes you"'), 6, "hits: must be a list of texts"),
        (lines(near='["", "x"]'), 7, "near: must be a list of texts"),
        (lines(ages='["young"]'), 7, "ages: known are"),
        (lines(embedded='"yes"'), 7, "embedded: must be true or false"),
        ("one = 3", 1, "must be a table"),
        ("[One]\ntext = 3", 1, "a name is lower-case letters"),
        (GOOD + lines().replace("[one]", "[two]").replace("nobody likes", "n0body LIKES"), 9, "text: the same as"),
    ],
)
def test_a_bad_phrase_is_refused_with_file_line_and_reason(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    write(tmp_path, content)
    with pytest.raises(LibraryError) as refused:
        load(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'en/bullying.toml'}, line {line}: ")
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("en/rudeness.toml", GOOD, "unknown category; known are abuse, bullying"),
        ("english/bullying.toml", GOOD, "the folder must be a language"),
        ("en/bullying.toml", "[a]\n[a]", "is not TOML"),
        ("en/bullying.toml", "[a", "is not TOML"),
    ],
)
def test_a_file_that_does_not_belong_is_refused(tmp_path: Path, name: str, content: str, reason: str) -> None:
    write(tmp_path, content, name)
    with pytest.raises(LibraryError, match=reason):
        load(tmp_path)


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "en/bullying.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match="is not TOML"):
        load(tmp_path)


def test_a_folder_without_phrases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="holds no phrases"):
        load(tmp_path)


def test_what_is_no_folder_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="nowhere: there is no such folder"):
        load(tmp_path / "nowhere")
    (tmp_path / "list.csv").write_text("phrase\n")
    with pytest.raises(LibraryError, match=r"list\.csv: is no folder"):
        load(tmp_path / "list.csv")


def test_the_same_text_may_stand_in_two_categories(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="en/distress.toml")
    assert len(load(tmp_path).phrases) == 2


def test_what_an_editor_leaves_behind_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "not TOML at all", "en/bullying.toml~")
    assert len(load(tmp_path).phrases) == 1
