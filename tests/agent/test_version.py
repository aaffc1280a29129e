from importlib.metadata import version
from pathlib import Path

from agent.version import VERSION, installed, system


def test_it_says_the_version_that_is_installed(tmp_path: Path) -> None:
    assert version("gatehouse") == VERSION
    (tmp_path / "gatehouse-1.2.3.dist-info").mkdir()
    assert installed(["/nonexistent", str(tmp_path)]) == "1.2.3"


def test_of_what_was_not_installed_it_says_none(tmp_path: Path) -> None:
    assert installed([str(tmp_path)]) == "0"


def test_it_says_what_it_runs_on() -> None:
    assert " " in system()
