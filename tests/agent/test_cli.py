"""The agent's command line."""

import subprocess
import sys

import pytest

from agent.cli import COMMANDS, main


def test_every_command_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {command.name} " in listed for command in COMMANDS)


def test_a_command_that_is_none_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["polish"]) == 2
    assert "no command “polish”" in capsys.readouterr().err


def test_without_a_command_it_explains_itself() -> None:
    assert main([]) == 2


def test_status_loads_nothing_heavy() -> None:
    """Whoever asks how the agent stands does not wait for its detection."""
    script = "import sys, agent.status; print(sorted({'onnxruntime', 'lxml', 'nacl', 'urllib3'} & sys.modules.keys()))"
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"
