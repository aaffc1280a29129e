"""The phrase of the hour, for whoever tests."""

from pathlib import Path

import pytest

from detection.canary import token
from detection.canary_command import main
from tests.detection.factories import NOW


def test_a_key_is_made_and_the_phrase_of_the_hour_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "canary.key"
    assert main(["new", str(file)]) == 0
    assert f"{file}: for gateways" in capsys.readouterr().out
    assert main(["show", str(file)], lambda: NOW) == 0
    said = capsys.readouterr()
    assert said.out == f"gatehouse canary {token(file.read_bytes(), NOW)}\n"
    assert said.err == "good until 2026-03-02 12:00 UTC\n"


@pytest.mark.parametrize(("act", "why"), [("show", "canary_key: cannot be read"), ("new", "No such file or directory")])
def test_a_mistake_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], act: str, why: str) -> None:
    assert main([act, str(tmp_path / "nowhere" / "key")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("gatehouse canary: ")
    assert why in error
    assert error.count("\n") == 1
