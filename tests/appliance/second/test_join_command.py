"""``gatehouse join``: the code is read, never given on the command line, and never said."""

import io
from pathlib import Path

import pytest

from appliance.second import join_command


def test_the_code_comes_by_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []

    def joined(*arguments: object) -> str:
        asked.extend(arguments)
        return "second of oak"

    monkeypatch.setattr(join_command, "join", joined)
    monkeypatch.setattr("sys.stdin", io.StringIO("abcd.efgh\n"))
    assert join_command.main(["--appliance", "https://first:8446/", "--into", str(tmp_path)]) == 0
    assert asked == ["https://first:8446", "abcd.efgh", tmp_path, None]
    assert capsys.readouterr().out == "This box is second of oak.\n"


def test_a_mistake_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("abcd\n"))
    with pytest.raises(SystemExit) as ended:
        join_command.main(["--appliance", "https://127.0.0.1:9", "--into", str(tmp_path)])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "not whole" in said
    assert "abcd" not in said
