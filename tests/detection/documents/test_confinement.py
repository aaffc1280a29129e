import subprocess
import sys

import pytest

from detection.documents.child import COMMAND

CONFINED = (
    "import sys; sys.path.insert(0, sys.argv[1]); from detection.documents.confinement import allow_seconds, confine\n"
    "confine(300 << 20, 20)\n"
)
TRIES = {
    "memory": ("try:\n bytes(400 << 20)\nexcept MemoryError:\n print('refused')", "refused"),
    "files": (
        "import os\ntry:\n for n in range(100): os.open('/dev/null', 0)\nexcept OSError:\n print('refused')",
        "refused",
    ),
    "privileges": ("print([l for l in open('/proc/self/status') if l.startswith('NoNewPrivs')][0].split()[1])", "1"),
    "memory of the machine": ("print(open('/proc/self/oom_score_adj').read())", "1000"),
    "politeness": ("import os; print(os.nice(0) >= 10)", "True"),
}


def confined(program: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", "-c", CONFINED + program, COMMAND[-1]]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("what", TRIES)
def test_a_confined_process_gets_no_more_than_it_is_given(what: str) -> None:
    program, said = TRIES[what]
    assert confined(program).stdout.strip() == said


def test_the_kernel_ends_it_when_its_seconds_are_used_up() -> None:
    assert confined("allow_seconds(0)\nwhile True: pass").returncode < 0
