"""Where a sensor keeps the last of what it was given, over a restart: a file as it is, or one that only it can read."""

from pathlib import Path
from typing import Protocol

from detection.private_file import replace_privately


class Kept(Protocol):
    def read(self) -> bytes:
        """FileNotFoundError where nothing is kept, OSError where it cannot be read."""

    def replace(self, content: bytes) -> None:
        """In one step; OSError where it cannot be written."""


class KeptFile:
    def __init__(self, file: Path) -> None:
        self._file = file

    def __str__(self) -> str:
        return str(self._file)

    def read(self) -> bytes:
        return self._file.read_bytes()

    def replace(self, content: bytes) -> None:
        replace_privately(self._file, content)
