"""Where evidence and pictures are kept: files named by the SHA-256 of what is in them."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from detection.private_file import settle

_NAME = re.compile(r"[0-9a-f]{64}")
_BEGINNING = re.compile(r"[0-9a-f]{12,64}")


class VaultError(LookupError):
    """Nothing whole is kept under that name."""


class Vault:
    """Owner-only files in two levels of folders. The same content is one file; a half-written one is never seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep ``content`` and say its name. It is on the disk when this returns."""
        name = hashlib.sha256(content).hexdigest()
        if not self._is_whole(name, content):
            self._write(self._file(name), content)
        return name

    def get(self, name: str) -> bytes:
        """The content, checked against its name; VaultError when it is missing or damaged."""
        file = self._file(name)
        try:
            content = file.read_bytes()
        except FileNotFoundError as e:
            raise VaultError(f"{name}: not in the vault") from e
        if hashlib.sha256(content).hexdigest() != name:
            raise VaultError(f"{name}: damaged")
        return content

    def has(self, name: str) -> bool:
        """Whether a file of that name is there; only ``get`` says whether it is whole."""
        return self._file(name).is_file()

    def names(self) -> Iterator[str]:
        """Every name kept, in order."""
        return (file.name for file in sorted(self._folder.glob("??/??/*")) if _NAME.fullmatch(file.name))

    def begins(self, beginning: str) -> str | None:
        """The whole name that begins with at least twelve digits; None where nothing of that name is kept."""
        if not _BEGINNING.fullmatch(beginning):
            return None
        folder = self._folder / beginning[:2] / beginning[2:4]
        return min((file.name for file in folder.glob(f"{beginning}*") if _NAME.fullmatch(file.name)), default=None)

    def delete(self, name: str) -> None:
        """Forget the content. Safe to repeat."""
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise VaultError("not the name of anything in the vault")
        return self._folder / name[:2] / name[2:4] / name

    def _is_whole(self, name: str, content: bytes) -> bool:
        """A damaged file is written again, so that putting the content back repairs it."""
        try:
            return self.get(name) == content
        except VaultError:
            return False

    def _write(self, file: Path, content: bytes) -> None:
        for folder in (self._folder, file.parent.parent, file.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes the file readable by its owner only.
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for folder in (file.parent, file.parent.parent, self._folder):
            settle(folder)
