"""A file of one's own that is read where it lies, and only where nobody else can have written it."""

import mmap
import os
from pathlib import Path

from detection.private_file import replace_privately

_OURS_ALONE = 0o077


class OwnFile:
    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> mmap.mmap:
        """Mapped into memory; OSError where it is missing, empty or not ours alone. It counts as just used."""
        with self._file.open("rb") as opened:
            self._check(self._file.parent.stat())
            self._check(os.fstat(opened.fileno()))
            os.utime(self._file)
            try:
                return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as e:
                raise OSError(f"{self._file}: is empty") from e

    def replace(self, content: bytes) -> None:
        """OSError where it cannot be written, or others could write to its folder."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._check(self._file.parent.stat())
        replace_privately(self._file, content)

    def _check(self, status: os.stat_result) -> None:
        """On Windows what lies among an account's own files is its own."""
        if os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & _OURS_ALONE):
            raise PermissionError(f"{self._file}: others can read or write it or its folder")


def keep_newest(folder: Path, pattern: str, most: int) -> None:
    """Of the files of that name only so many: those used longest ago go."""
    for old in sorted(folder.glob(pattern), key=lambda each: -each.stat().st_mtime)[most:]:
        old.unlink(missing_ok=True)
