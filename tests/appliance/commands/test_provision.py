"""``gatehouse provision``: what stops it before it begins, and what it is told. The whole of it: tests/box."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.commands import provision
from appliance.provisioning.ledger import FILE, Key, Ledger
from appliance.provisioning.machine import Machine

PROJECT = Path(__file__).parents[3]
BOX = """
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "eth0"
[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
"""


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """As much of one as a look at it needs."""
    (tmp_path / "debian" / "etc").mkdir(parents=True)
    (tmp_path / "debian" / "etc" / "os-release").write_text("ID=debian\nVERSION_ID=13\n")
    return tmp_path / "debian"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    (tmp_path / "box.toml").write_text(BOX)
    return tmp_path / "box.toml"


def not_debian(debian: Path, box: Path) -> None:
    (debian / "etc" / "os-release").unlink()


def one_card_twice(debian: Path, box: Path) -> None:
    box.write_text(BOX.replace("eth1", "eth0"))


def no_box(debian: Path, box: Path) -> None:
    box.unlink()


def broken_ledger(debian: Path, box: Path) -> None:
    Ledger(Machine(debian)).note(Key("file", "/x"))
    Machine(debian).at(FILE).write_text("{")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (not_debian, "runs on Debian"),
        (one_card_twice, "outside is also the card of a network"),
        (no_box, "No such file"),
        (broken_ledger, "put it back from a backup"),
    ],
)
def test_what_stops_it_is_one_line(
    debian: Path, box: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path, Path], None], said: str
) -> None:
    change(debian, box)
    assert provision.main(["--box", str(box), "--root", str(debian), "--dry-run"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert line.startswith("gatehouse provision: ")
    assert said in line


def test_there_is_nothing_to_remove_where_nothing_was_made(debian: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert provision.main(["--root", str(debian), "--remove"]) == 0
    assert capsys.readouterr().out == "Nothing to remove.\n"


def test_records_are_not_destroyed_unasked(debian: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (debian / "records").mkdir()
    Ledger(Machine(debian)).note(Key("folder", "/records"), data=True)
    assert provision.main(["--root", str(debian), "--remove"]) == 2
    assert (debian / "records").is_dir()
    assert "nothing was removed" in capsys.readouterr().err
    assert provision.main(["--root", str(debian), "--remove", "--keep-data"]) == 0
    assert (debian / "records").is_dir()
    assert provision.main(["--root", str(debian), "--remove", "--yes"]) == 0
    assert not (debian / "records").exists()


def test_it_runs_before_there_is_any_environment(debian: Path) -> None:
    """With Debian's Python, in which nothing is installed."""
    done = subprocess.run(
        ["/usr/bin/python3", "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(PROJECT)!r}); "
         "from appliance.cli import main; raise SystemExit(main(sys.argv[1:]))",
         "provision", "--root", str(debian), "--remove"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "Nothing to remove.\n"), done.stderr


def test_the_code_comes_from_a_file_or_standard_input_and_from_nobody_where_nobody_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code").write_text("abcd.efgh\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("ijkl.mnop\nmore\n"))
    codes = [provision._code(file) for file in (tmp_path / "code", Path("-"), None)]
    assert codes == ["abcd.efgh\n", "ijkl.mnop\n", ""]
