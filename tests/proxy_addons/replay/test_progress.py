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
with Progress([Path(name) for name in sys.argv[1:]]) as progress:
    progress.next_file()
    with progress.aside():
        print("found", flush=True)
    progress.next_file()
    progress.at(3)
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "a[b].pcap", tmp_path / "some.pcap"]
    for file in made:
        file.write_bytes(b"1234")
    return made


def test_nothing_is_drawn_where_nobody_watches(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(files) as progress:
        progress.next_file()
        progress.at(2)
    assert capsys.readouterr() == ("", "")


def test_who_watches_a_terminal_sees_how_far_it_has_come_with_all_files(files: list[Path]) -> None:
    ours, terminal = os.openpty()
    try:
        command = [sys.executable, "-c", RUN, *map(str, files)]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, env=environment, check=True)
        drawn = os.read(ours, 65536)
    finally:
        os.close(terminal)
        os.close(ours)
    assert b"a[b].pcap (1 of 2)" in drawn
    assert b"some.pcap (2 of 2)" in drawn
    assert b"7/8 bytes" in drawn
    assert (done.stdout, b"found" in drawn) == (b"found\n", False)


def test_a_file_that_is_gone_is_no_matter(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[0].unlink()
    with Progress(files) as progress:
        progress.next_file()
    assert capsys.readouterr() == ("", "")
