from pathlib import Path

import pytest

from detection.library_command import check, main
from tests.detection.libraries import GOOD, a, library, write


def test_a_good_library_passes_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "bullying                     1       -    -    1    -    -" in lines
    assert lines[-1] == "Every sentence does what it should."


def test_a_sentence_that_fails_is_named_with_file_and_phrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, GOOD.replace('hits = ["nobody', 'hits = ["everybody'))
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "en/bullying.toml [nobody-likes-you] is not found in its own hit: 'everybody likes you'" in out
    assert "1 failed." in out


def test_an_unusable_library_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["prove"]])
def test_a_wrong_call_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


def test_hits_and_misses_are_both_proved() -> None:
    good = a("go away", hits=("go away",), misses=("go awaydays",))
    bad = a("get lost", hits=("got lost",), misses=("get lost",))
    assert [(failure.sentence, failure.wanted) for failure in check(library(good, bad))] == [
        ("got lost", True),
        ("get lost", False),
    ]
