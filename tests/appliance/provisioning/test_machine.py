"""A machine's own users and commands, whether it is this one or lies in a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from appliance.provisioning.machine import Machine, MachineError
from tests.appliance.deadline import eventually


def test_what_lies_where(tmp_path: Path) -> None:
    assert Machine(tmp_path).at("/etc/gatehouse") == tmp_path / "etc" / "gatehouse"
    assert Machine().at("/etc/gatehouse") == Path("/etc/gatehouse")


def test_users_are_the_folders_own(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("root:x:0:0::/root:/bin/sh\ngatehouse:x:417:418::/:/bin/false\n")
    machine = Machine(tmp_path)
    assert machine.user_id("gatehouse") == 417
    assert machine.user_id("daemon") is None
    assert machine.group_id("gatehouse") is None


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(MachineError, match=r"failed with status \d+:\n.*no-such-file"):
        Machine().run("ls", "/no-such-file")
    with pytest.raises(MachineError, match=r"no-such-command failed with status 127"):
        Machine().run("no-such-command")
    assert Machine().run("false", may_fail=True) == ""


def test_a_command_is_given_words_and_no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", "/tmp/keys")
    assert Machine().run("cat", said="words") == "words"
    assert "SSLKEYLOGFILE" not in Machine().run("env")


def test_a_folder_runs_nothing(tmp_path: Path) -> None:
    assert not Machine(tmp_path).running


def test_the_release_is_read(tmp_path: Path) -> None:
    assert Machine(tmp_path).release() == {}
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "os-release").write_text('ID=debian\nVERSION_ID="13"\n')
    assert Machine(tmp_path).release() == {"ID": "debian", "VERSION_ID": "13"}


def test_what_a_killed_run_started_ends_with_it(tmp_path: Path) -> None:
    script = f"echo $$ >{tmp_path}/pid; sleep 60"
    program = f"from appliance.provisioning.machine import Machine; Machine().run('sh', '-c', {script!r})"
    with subprocess.Popen([sys.executable, "-c", program]) as run:
        started = int(eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        run.kill()
    eventually(lambda: not Path(f"/proc/{started}").exists() or "(sh) Z" in Path(f"/proc/{started}/stat").read_text())
