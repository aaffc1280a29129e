"""Asking how the agent stands."""

from pathlib import Path

from agent.link.asking import ask_standing
from agent.standing import Standing
from tests.agent.link.listening import listening


def test_the_service_answers_anybody(tmp_path: Path) -> None:
    with listening(tmp_path / "s"):
        assert ask_standing(tmp_path / "s") == Standing(version="1.0")


def test_without_a_service_there_is_no_answer(tmp_path: Path) -> None:
    assert ask_standing(tmp_path / "s") is None
