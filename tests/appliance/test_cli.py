import subprocess
import sys

import pytest

from appliance.cli import COMMANDS, main

HEAVY = ("mitmproxy", "flask", "sqlalchemy", "playwright", "PIL", "ahocorasick", "nacl")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(command.name in text and command.summary in text for command in COMMANDS)


def test_an_unknown_command_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wrok"]) == 2
    assert capsys.readouterr().err == "gatehouse: there is no command “wrok”; see gatehouse --help\n"


def test_no_command_shows_the_help_and_fails() -> None:
    assert main([]) == 2


def test_nothing_heavy_is_imported_before_a_command_is_chosen() -> None:
    script = f"import sys, appliance.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
