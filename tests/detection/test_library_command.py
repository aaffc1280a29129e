from pathlib import Path

import pytest

from detection.library_command import ACTS, main
from tests.detection.libraries import write


def test_each_act_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for act in ACTS:
        with pytest.raises(SystemExit) as end:
            main([act.name, "--help"])
        assert end.value.code == 0
        assert f"usage: gatehouse library {act.name}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["prove"], ["diff", "one"], ["import", "list.txt", "--format", "plain"]])
def test_a_wrong_call_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{empty}"],
        ["diff", "{good}", "{empty}"],
        ["diff", "{empty}", "{good}"],
        ["import", "{empty}/no-such-list", "--format", "plain", "--out", "{empty}"],
        ["import", "{empty}", "--format", "plain", "--out", "{empty}"],
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    good, empty = write(tmp_path / "good"), tmp_path / "empty"
    empty.mkdir()
    assert main([each.format(good=good, empty=empty) for each in arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"gatehouse library: {empty}")
    assert error.count("\n") == 1
