import os
import pwd
import subprocess
import tempfile
from pathlib import Path

import pytest

import images
from images.confinement import PYTHON, command
from images.settings import RendererSettings

USER = RendererSettings().user
IS_ROOT = os.geteuid() == 0


def confined(*program: str, step_down: bool = False) -> str:
    """What ``program`` prints in the cage; ``step_down`` starts the cage as an ordinary user."""
    line = command(USER, program)
    if step_down:
        line = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", *unprivileged(program)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, cwd="/")
    return done.stdout + done.stderr


def unprivileged(program: tuple[str, ...]) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 1000)
        return command(USER, program)


def can_step_down() -> bool:
    """An ordinary user cannot start from a checkout that lies in root's own home."""
    look = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "test", "-r", images.__file__]
    return IS_ROOT and subprocess.run(look, capture_output=True).returncode == 0


STARTED = pytest.mark.parametrize(
    "step_down",
    [False, pytest.param(True, marks=pytest.mark.skipif(not can_step_down(), reason="nobody to step down to"))],
)


@STARTED
def test_there_is_no_network_but_the_loop_to_itself(step_down: bool) -> None:
    lines = confined("cat", "/proc/net/dev", step_down=step_down).splitlines()
    assert [line.split(":")[0].strip() for line in lines if ":" in line] == ["lo"]
    assert len(confined("cat", "/proc/net/route", step_down=step_down).splitlines()) <= 1


@STARTED
def test_it_sees_no_process_but_its_own(step_down: bool) -> None:
    seen = confined("sh", "-c", "echo /proc/[0-9]*", step_down=step_down).split()
    assert len(seen) <= 3


@STARTED
def test_nobodys_files_are_there(step_down: bool) -> None:
    assert set(confined("ls", "/", step_down=step_down).split()) <= {
        *("bin", "sbin", "lib", "lib32", "lib64", "usr", "etc", "var", "dev", "proc", "tmp", "home", "gatehouse"),
        *Path("/", *Path(PYTHON[0]).parts[1:2]).parts,
    }
    assert set(confined("ls", "/etc", step_down=step_down).split()) <= {"fonts", "alternatives", "ssl"}
    assert confined("ls", "/home", "/tmp", step_down=step_down).split() == ["/home:", "/tmp:"]


@STARTED
def test_what_it_may_read_it_may_not_change(step_down: bool) -> None:
    for path in ("/usr/x", "/gatehouse/code/images/x", "/gatehouse/packages/x", "/etc/fonts/x"):
        said = confined("touch", path, step_down=step_down)
        assert "Read-only file system" in said or "Permission denied" in said


@STARTED
def test_it_has_no_rights_and_gets_none_back(step_down: bool) -> None:
    lines = confined("cat", "/proc/self/status", step_down=step_down).splitlines()
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert status["NoNewPrivs"] == "1"
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert status["Groups"] in ("", "65534")


@pytest.mark.skipif(not IS_ROOT, reason="only root steps down")
def test_root_becomes_the_renderers_user() -> None:
    user = pwd.getpwnam(USER)
    assert confined("id", "-u").strip() == str(user.pw_uid)
    assert confined("id", "-g").strip() == str(user.pw_gid)


@pytest.mark.skipif(not IS_ROOT, reason="only root needs the user")
def test_a_missing_user_is_said() -> None:
    with pytest.raises(LookupError, match="no user nobody-of-that-name; scripts/setup"):
        command("nobody-of-that-name", ["true"])


@STARTED
def test_our_code_runs_wherever_it_lies_outside(step_down: bool) -> None:
    where = confined(*PYTHON, "-c", "import images.orders, playwright; print(images.__file__)", step_down=step_down)
    assert where.strip() == "/gatehouse/code/images/__init__.py"


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user can read their own home")
def test_a_clone_in_a_home_closed_to_others_works(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as home:  # mode 700, root's
        clone = Path(home, "clone", "images")
        clone.mkdir(parents=True)
        for file in ("__init__.py", "orders.py"):
            (clone / file).write_bytes((Path(__file__).parents[2] / "images" / file).read_bytes())
        monkeypatch.setattr("images.confinement.__file__", str(clone / "confinement.py"))
        assert "ok" in confined(*PYTHON, "-c", "import images.orders; print('ok')")


@STARTED
def test_what_it_writes_is_bounded(step_down: bool) -> None:
    said = confined("sh", "-c", "head -c 400000000 /dev/zero > /tmp/full; echo done", step_down=step_down)
    assert "No space left on device" in said
