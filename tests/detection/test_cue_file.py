"""A language's cues are read whole, and refused with the place that is not right."""

from pathlib import Path

import pytest

from detection.cue_file import read

GOOD = """
[negation]
before = ["nicht", "Nie"]
across = ["mich"]
seeming = ["warum nicht"]
[person]
subject = ["ich"]
own = ["ich", "mich"]
aimed = ["du"]
[settings]
study = ["Aufsatz"]
news = ["laut Polizei"]
fiction = ["Film"]
[distance]
before = ["falsch zu sagen"]
[help]
words = ["wie kann ich helfen"]
"""


def written(folder: Path, content: str) -> Path:
    file = folder / "de.toml"
    file.write_text(content, "utf-8")
    return file


def test_words_are_folded_as_texts_are(tmp_path: Path) -> None:
    words = read(written(tmp_path, GOOD.replace('"nicht"', '"Nicht", "n!cht"')))
    assert words["negation.before"] == ("nicht", "nie")
    assert words["settings.news"] == ("laut polizei",)


def test_what_a_language_may_leave_out_is_empty(tmp_path: Path) -> None:
    words = read(written(tmp_path, GOOD))
    assert words["negation.after"] == words["counter-speech.rejects"] == ()


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ('before = ["nicht", "Nie"]', 'before = "nicht"', "[negation] before: must be a list of texts"),
        ('before = ["nicht", "Nie"]', "before = [1]", "[negation] before: must be a list of texts"),
        ('across = ["mich"]', 'across = ["zu mir"]', "[negation] across: “zu mir” must be one word"),
        ('own = ["ich", "mich"]', 'own = ["…"]', "[person] own: “…” holds no letter"),
        ('aimed = ["du"]', "", "[person] aimed: missing"),
        ('aimed = ["du"]', 'aimed = ["du"]\nfar = ["er"]', "[person] far: unknown; known are negation.before, "),
        ("[help]", "[help", "is not TOML"),
        ("[negation]", "words = 1\n[negation]", "words: must stand in a table"),
    ],
)
def test_what_is_not_right_is_named(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    file = written(tmp_path, GOOD.replace(good, bad))
    with pytest.raises(ValueError, match=r"de\.toml") as refused:
        read(file)
    assert reason in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        read(tmp_path / "de.toml")
