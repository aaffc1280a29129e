from pathlib import Path

import pytest

from detection.library_command import main
from detection.library_commands.check import check, table
from tests.detection.libraries import GOOD, a, library, write


def test_a_good_library_passes_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "bullying                     1         -      -      1      -      -" in lines
    assert lines[-1] == "Every sentence does what it should."


def test_a_sentence_that_fails_is_named_with_file_and_phrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, GOOD.replace('hits = ["nobody', 'hits = ["everybody'))
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "en/bullying.toml [nobody-likes-you] is not found in its own hit: 'everybody likes you'" in out
    assert "1 failed." in out


def test_hits_and_misses_are_both_proved() -> None:
    good = a("go away", hits=("go away",), misses=("go awaydays",))
    bad = a("get lost", hits=("got lost",), misses=("get lost",))
    assert [(failure.sentence, failure.wanted) for failure in check(library(good, bad))] == [
        ("got lost", True),
        ("get lost", False),
    ]


@pytest.mark.parametrize("condition", [{"channels": ("dns",)}, {"ages": ("4-10",)}, {"weight": 30}])
def test_a_sentence_proves_the_words_whatever_else_a_phrase_asks_for(condition: dict[str, object]) -> None:
    assert not list(check(library(a("go away", hits=("go away",), misses=("stay here",), **condition))))


def test_figures_of_thousands_stand_apart() -> None:
    many = library(
        *(a(f"word{number}", id=f"en.bullying.w{number}", hits=(f"word{number}",)) for number in range(12_345))
    )
    assert table(many).splitlines()[-1].split() == ["all", "12345", "-", "-", "12345", "-", "-"]
