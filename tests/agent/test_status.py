"""``gatehouse-agent status``: what the person at the device is told."""

from pathlib import Path

import pytest

from agent.standing import Standing
from agent.status import SILENT, lines, main
from agent.telling.words import NEVER, WHY
from detection.agent_policy.notice import Notice


def test_what_is_monitored_is_told_with_why_and_by_whom() -> None:
    said = lines(
        Standing(
            version="1.0",
            monitored=("what is typed", "text on the active window"),
            why="on the school's network",
            account="a.clarke",
            notice=Notice(school="Hill School", by="Ms Ames", link="https://hill.example/notice", help="116 123"),
        )
    )
    assert "What:      what is typed" in said
    assert "What:      text on the active window" in said
    assert "Policy:    on the school's network" in said
    assert f"Never:     {NEVER[0]}" in said
    assert f"Why:       {WHY}" in said
    assert "Help:      116 123" in said


def test_a_pause_is_told_with_its_reason() -> None:
    assert "Now:       Nothing is recorded on this device now: outside the school's hours" in lines(
        Standing(version="1.0", paused="outside the school's hours")
    )


def test_a_service_that_does_not_run_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--socket", str(tmp_path / "nothing.sock")]) == 1
    assert SILENT in capsys.readouterr().err
