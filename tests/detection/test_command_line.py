"""A command line starts the one program that is asked for, with what is left of the arguments."""

import pytest

from detection.command_line import Command, run

COMMANDS = (
    Command("count", "tests.detection.test_command_line:counted", "say how many"),
    Command("polish", "tests.nowhere:main", "never started"),
)


def counted(arguments: list[str]) -> int:
    return len(arguments)


def test_the_program_gets_the_rest_and_its_answer_is_the_status() -> None:
    assert run("tool", COMMANDS, ["count", "a", "--help", "c"]) == 3


def test_whoever_asks_for_help_is_told_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tool", COMMANDS, ["--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("usage: tool COMMAND")
    assert "  count   say how many\n  polish  never started\n" in said
    assert run("tool", COMMANDS, []) == 2


def test_a_command_that_is_none_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tool", COMMANDS, ["cuont"]) == 2
    assert capsys.readouterr().err == "tool: there is no command “cuont”; see tool --help\n"
