import os
import subprocess
import sys
from pathlib import Path

import lxml

from detection.child_python import child_python

ROOT = Path(__file__).parents[2]
PACKAGES = Path(lxml.__file__).parents[1]
ASKS = """
import sys
sys.path[:0] = sys.argv[1:3]
from detection.documents.child import Child
child = Child()
print(child.read(b"{\\\\rtf1 The Nile}").text, "lxml" in sys.modules)
child.close()
"""


def asked(*flags: str) -> str:
    command = [sys.executable, *flags, "-c", ASKS, str(ROOT), str(PACKAGES)]
    ended = subprocess.run(command, capture_output=True, cwd="/", env={"PATH": "/usr/bin:/bin"}, check=True)
    return ended.stdout.decode().strip()


def test_a_child_finds_the_packages_of_an_agent_that_brings_its_own_folder() -> None:
    """Which is started without anybody's site-packages, and has not loaded what only its child needs."""
    assert asked("-IS") == "The Nile False"


def test_a_child_finds_them_in_an_environment_too() -> None:
    assert asked() == "The Nile False"


def test_nothing_of_the_environment_decides_what_runs(tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit(9)")
    command = [*child_python("this", "lxml")]
    command[command.index("-c") + 1] = "import lxml; print(lxml.__file__)"
    (tmp_path / "this.py").touch()
    told = subprocess.run(
        command, capture_output=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=True
    )
    assert str(tmp_path) not in told.stdout.decode()


def test_a_package_that_is_nowhere_is_left_to_the_child_to_miss() -> None:
    assert child_python("x", "no_such_package")[-1] == child_python("x", "no_such_package")[-2]
