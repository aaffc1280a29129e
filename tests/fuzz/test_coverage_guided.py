"""A while of atheris for each target: no input may raise, hang or eat the memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
SECONDS = os.environ.get("GATEHOUSE_ROUNDS", "60")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("target", [target.name for target in TARGETS])
def test_nothing_that_is_found_breaks_it(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.coverage_guided", target, "--seconds", SECONDS, "--corpus", tmp_path]
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert not list(tmp_path.glob("crash-*"))
