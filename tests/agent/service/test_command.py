"""``gatehouse-agent service``: a doubtful start is said in one line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.cli import main


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The service lets nobody read what it writes; other tests of this process write for others."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def written(folder: Path, more: str = "") -> str:
    file = folder / "agent.toml"
    file.write_text(f'state = "{folder}"\nsocket = "{folder}/s"\nsession_unit = ""\n{more}')
    return str(file)


def test_a_device_that_is_not_enrolled_says_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "--config", written(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"gatehouse-agent service: {tmp_path}: this device is not enrolled: gatehouse-agent enrol")
    assert said.count("\n") == 1


def test_a_doubtful_setting_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "--config", written(tmp_path, "outbox_megabytes = 0")]) == 1
    assert "outbox_megabytes: must be more than nothing" in capsys.readouterr().err


def test_a_service_loads_no_more_than_it_needs() -> None:
    """A device has little memory to spare: what reads bodies and documents stays away, and the model until it is
    wanted."""
    heavy = ("cryptography", "numpy", "onnxruntime", "lxml", "pypdf", "charset_normalizer", "PIL", "asyncio")
    code = f"import sys, agent.service.command, agent.service.service; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
