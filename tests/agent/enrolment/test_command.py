"""``gatehouse-agent enrol``."""

from pathlib import Path

import pytest

from agent.cli import main
from agent.enrolment import enrolled
from tests.agent.appliance import CODE, agents_appliance


def test_a_code_placed_in_a_file_enrols_without_anybody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "code").write_text(CODE + "\n")
    with agents_appliance(tmp_path / "box") as appliance:
        known = ["--appliance", appliance.url, "--authority", str(appliance.folder / "authority.pem")]
        placed = ["--code-file", str(tmp_path / "code"), "--state", str(tmp_path)]
        assert main(["enrol", *known, *placed]) == 0
        assert "enrolled as laptop-7 of hill-school" in capsys.readouterr().out
        assert main(["enrol", *known, *placed]) == 1
        assert "is enrolled already" in capsys.readouterr().err
    assert enrolled.is_enrolled(tmp_path)


def test_a_missing_code_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "code")
    assert main(["enrol", "--appliance", "https://a", "--code-file", missing, "--state", str(tmp_path)]) == 1
    assert f"{missing}: the code cannot be read" in capsys.readouterr().err
