"""What is free is asked of the disk a file will be on."""

from pathlib import Path

from detection.room import free_bytes
from tests.tmpfs import Tmpfs


def test_it_is_the_disks_own_figure_and_falls(tmpfs: Tmpfs) -> None:
    before = free_bytes(tmpfs.folder / "not" / "there" / "yet.db")
    assert before == tmpfs.size
    tmpfs.fill(leave=2**20)
    assert free_bytes(tmpfs.folder) <= 2**20
    assert free_bytes(Path("/nowhere")) > 0
