"""Write a file that tells of people: for its owner alone to read."""

import os
import stat
from pathlib import Path


def write_private(text: str, file: Path) -> None:
    """Over what was there. OSError where it cannot be; text that is no Unicode is written with question marks."""
    with os.fdopen(_opened(file, os.O_TRUNC), "wb") as opened:
        opened.write(text.encode("utf-8", "replace"))


def must_be_writable(file: Path) -> None:
    """OSError where it is not. What is there stays; where nothing is, an empty file."""
    os.close(_opened(file, 0))


def _opened(file: Path, how: int) -> int:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    if stat.S_ISREG(os.fstat(opened).st_mode):  # one that was there may have been open to others
        os.fchmod(opened, 0o600)
    return opened
