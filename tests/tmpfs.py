"""A real disk of a few megabytes, to be filled."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from detection.room import free_bytes


class Tmpfs:
    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self._filler = folder / "filler"

    def fill(self, leave: int = 0) -> None:
        """So that no more than ``leave`` bytes can be written."""
        with self._filler.open("ab", buffering=0) as out:
            while (room := free_bytes(self.folder) - leave) > 0:
                try:
                    out.write(bytes(min(room, 2**20)))
                except OSError:
                    return

    def empty(self) -> None:
        self._filler.unlink()


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Tmpfs]:
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "gatehouse-test", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("nothing may be mounted here")
    try:
        yield Tmpfs(folder, size)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
