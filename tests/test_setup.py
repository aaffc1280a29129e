"""What scripts/setup says of a Python that nobody has tried. Whether it sets one up: tests/box/test_bare_debian.py."""

import shutil
import subprocess
from pathlib import Path

import pytest

SETUP = Path(__file__).parent.parent / "scripts" / "setup"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A machine with all packages, and a Python of which only the version can be asked."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "bin").mkdir()
    text = SETUP.read_text().replace("PYTHON=/usr/bin/python3", f"PYTHON={tmp_path}/bin/python3")
    (tmp_path / "scripts" / "setup").write_text(text)
    program(tmp_path / "bin" / "dpkg-query", "echo install ok installed")
    return tmp_path


def program(file: Path, says: str) -> None:
    file.write_text(f"#!/bin/sh\n{says}\n")
    file.chmod(0o755)


def set_up(folder: Path) -> "subprocess.CompletedProcess[str]":
    bash = shutil.which("bash") or "/bin/bash"
    path = f"{folder}/bin:/usr/bin:/bin"
    command = [bash, str(folder / "scripts" / "setup")]
    return subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("found", ["3.9", "3.12", "3.14"])
def test_another_python_is_one_line_that_says_which_will_do(folder: Path, found: str) -> None:
    program(folder / "bin" / "python3", f"echo {found}")
    done = set_up(folder)
    said = f"setup: {folder}/bin/python3 is {found}; Gatehouse runs on 3.11 (Debian 12) and 3.13 (Debian 13)\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_python_that_does_not_start_is_told_too(folder: Path) -> None:
    program(folder / "bin" / "python3", "exit 1")
    assert "python3 is missing; Gatehouse runs on" in set_up(folder).stderr
