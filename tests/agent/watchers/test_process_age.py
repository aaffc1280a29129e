import subprocess
import sys
from pathlib import Path

from agent.watchers.process_age import process_age


def test_a_new_process_is_young_and_this_one_no_younger() -> None:
    text = "from agent.watchers.process_age import process_age; print(process_age())"
    told = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True).stdout.decode()
    assert -1 < float(told) < 30
    assert process_age() > 0


def test_where_the_system_does_not_tell_it_is_old(tmp_path: Path) -> None:
    assert process_age(tmp_path / "gone") == float("inf")
    (tmp_path / "stat").write_text("1 (a name) of (its own) S 1 2")
    assert process_age(tmp_path / "stat") == float("inf")
