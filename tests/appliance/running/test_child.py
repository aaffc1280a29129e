import os
import signal
from pathlib import Path

import pytest

from appliance.running.child import Child
from tests.appliance.running.programs import STUBBORN, eventually, program


def test_it_is_ready_once_it_says_so_and_ends_when_asked(tmp_path: Path) -> None:
    child = Child(program(tmp_path, "console"))
    eventually(lambda: child.is_ready)
    assert child.status is None
    assert child.stop(20)
    assert child.status == 0


def test_what_an_earlier_start_said_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "console.log").write_text("listening\n")
    child = Child(program(tmp_path, "console", "print('first words'); import signal; signal.pause()"))
    eventually(lambda: "first words" in child.said)
    assert not child.is_ready
    child.stop(20)


def test_a_traceback_that_quotes_the_words_is_not_being_ready(tmp_path: Path) -> None:
    child = Child(program(tmp_path, "console", "raise SystemExit('    print(f\"listening on {where}\")')"))
    eventually(lambda: child.status is not None)
    assert "listening" in child.said
    assert not child.is_ready
    child.stop(20)


def test_one_that_will_not_end_is_ended_with_what_it_started(tmp_path: Path) -> None:
    code = "import subprocess, sys\nc = subprocess.Popen(['sleep', '600'])\nprint('child', c.pid)\n" + STUBBORN
    child = Child(program(tmp_path, "console", code))
    eventually(lambda: child.is_ready)
    grandchild = int(child.said.split()[1])
    assert not child.stop(0.1)
    assert child.status == -signal.SIGKILL
    eventually(lambda: not _runs(grandchild))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_ctrl_c_at_the_terminal_is_not_for_it(tmp_path: Path) -> None:
    child = Child(program(tmp_path, "console"))
    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    child.stop(20)


def test_a_program_that_is_not_there_cannot_start(tmp_path: Path) -> None:
    missing = program(tmp_path, "console")
    with pytest.raises(FileNotFoundError):
        Child(type(missing)(name="x", command=("/nowhere/x",), log=missing.log, ready="x"))
