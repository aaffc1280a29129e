"""Mistakes are one line and exit status 2."""

from pathlib import Path

import pytest

from appliance.commands.mistake import Mistake, reported
from appliance.store import StoreError


@pytest.mark.parametrize(
    "error", [Mistake("no such school"), StoreError("no such school"), ValueError("no such school")]
)
def test_a_mistake_is_one_line(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, reported("gatehouse user"):
        raise error
    assert ended.value.code == 2
    assert capsys.readouterr().err == "gatehouse user: no such school\n"


def test_a_file_that_will_not_open_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit), reported("gatehouse people"):
        (tmp_path / "none.csv").read_text()
    assert capsys.readouterr().err == f"gatehouse people: {tmp_path}/none.csv: No such file or directory\n"


def test_a_fault_of_ours_stays_one() -> None:
    with pytest.raises(RuntimeError), reported("gatehouse people"):
        raise RuntimeError("ours")
