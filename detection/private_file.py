"""Files that nobody but their owner may read, unless it is said who may: made, written once, and replaced whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path

PRIVATE = 0o600
"""The mode of a file of which nothing else is said."""


def make_privately(file: Path) -> None:
    """Empty, for a database; one that is there is left alone, and above all not opened: to close it again would let go
    of every lock that this process has on it, SQLite's own. OSError where it cannot be made."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))


def write_privately(file: Path, content: bytes) -> None:
    """A new one. FileExistsError where there is one already: nothing is written over."""
    with _new(file, PRIVATE) as opened:
        opened.write(content)


def replace_privately(file: Path, content: bytes, *, mode: int = PRIVATE, for_owner_of: Path | None = None) -> None:
    """At once: a reader, or a kill, finds the old one or the new one. Several processes may write the same file."""
    with replacing(file, mode=mode, for_owner_of=for_owner_of) as draft:
        draft.write(content)


@contextmanager
def replacing(file: Path, *, mode: int = PRIVATE, for_owner_of: Path | None = None) -> Iterator[BufferedWriter]:
    """The same for what is written by and by: a draft beside it takes its place when the block ends, and is gone where
    the block fails. Its ``name`` can be read meanwhile.

    ``for_owner_of``: where root writes the file, it belongs to whom that one belongs to.
    """
    for left in file.parent.glob(f"{file.name}.*.new"):
        if _is_left(left):
            left.unlink(missing_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with _new(draft, mode, for_owner_of if for_owner_of and os.geteuid() == 0 else None) as opened:
            yield opened
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """What was replaced or renamed in it is on the disk when this returns: until then the power may take it back."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _new(file: Path, mode: int, for_owner_of: Path | None = None) -> Iterator[BufferedWriter]:
    """On the disk when the block ends."""
    with open(file, "xb", opener=_opened_privately) as opened:
        if mode != PRIVATE:
            os.fchmod(opened.fileno(), mode)
        if for_owner_of:
            owner = for_owner_of.stat()
            os.fchown(opened.fileno(), owner.st_uid, owner.st_gid)
        yield opened
        opened.flush()
        os.fsync(opened.fileno())


def _opened_privately(file: str, flags: int) -> int:
    return os.open(file, flags, PRIVATE)


def _is_left(draft: Path) -> bool:
    """By a process that is no more: its id is in the name, or else it is somebody's own file."""
    writer = draft.suffixes[-2].removeprefix(".")
    return writer.isdigit() and (int(writer) == os.getpid() or not Path("/proc", writer).exists())
