"""A file that was made beside our code when it was installed: read where it lies, and only where whoever can have
written it could have written our code as well."""

import mmap
import os
from pathlib import Path

_OTHERS, _ANYBODY = 0o022, 0o002
_CODE = Path(__file__)


class InstalledFile:
    def __init__(self, file: Path, code: Path = _CODE) -> None:
        self._file, self._code = file, code

    def __str__(self) -> str:
        return str(self._file)

    def read(self) -> mmap.mmap:
        """Mapped into memory; OSError where it is missing or empty, or somebody else may have written it."""
        with self._file.open("rb") as opened:
            # A folder may be its group's, as where an umask has it so: who can write it can replace the code in it.
            self._check(self._file.parent.stat(), _ANYBODY)
            self._check(os.fstat(opened.fileno()), _OTHERS)
            try:
                return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as e:
                raise OSError(f"{self._file}: is empty") from e

    def replace(self, content: bytes) -> None:
        """In one step, for everybody to read. OSError where it cannot be written."""
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        try:
            draft.write_bytes(content)
            draft.chmod(0o644)
            draft.replace(self._file)
        finally:
            draft.unlink(missing_ok=True)

    def _check(self, status: os.stat_result, writers: int) -> None:
        """On Windows who may write where a program lies may write the program."""
        if os.name != "posix":
            return
        if status.st_uid not in (0, os.geteuid(), self._code.stat().st_uid) or status.st_mode & writers:
            raise PermissionError(
                f"{self._file}: others than those who installed the program can write it or its folder"
            )
