import os
import subprocess
import sys
from pathlib import Path

import pytest

from proxy_addons.replay.progress import Progress

RUN = """
import sys
from pathlib import Path
from proxy_addons.replay.progress import Progress
with Progress(Path(sys.argv[1])) as progress:
    progress.at(3)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "some.pcap"
    made.write_bytes(b"1234")
    return made


def test_nothing_is_drawn_where_nobody_watches(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(file) as progress:
        progress.at(2)
    assert capsys.readouterr() == ("", "")


def test_who_watches_a_terminal_sees_how_far_it_has_come(file: Path) -> None:
    ours, terminal = os.openpty()
    try:
        command = [sys.executable, "-c", RUN, str(file)]
        subprocess.run(command, stderr=terminal, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}, check=True)
        drawn = os.read(ours, 65536)
    finally:
        os.close(terminal)
        os.close(ours)
    assert b"some.pcap" in drawn
    assert b"3/4 bytes" in drawn
