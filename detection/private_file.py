"""Files that nobody but their owner may read: made, written once, and replaced whole."""

import os
from contextlib import suppress
from pathlib import Path


def make_privately(file: Path) -> None:
    """Empty, for a database; one that is there is left alone, and above all not opened: to close it again would let go
    of every lock that this process has on it, SQLite's own. OSError where it cannot be made."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def write_privately(file: Path, content: bytes) -> None:
    """A new one. FileExistsError where there is one already: nothing is written over."""
    _write(file, content, group_may_read=False)


def replace_privately(file: Path, content: bytes, *, group_may_read: bool = False) -> None:
    """At once: a reader, or a kill, finds the old one or the new one. Several processes may write the same file."""
    for left in file.parent.glob(f"{file.name}.*.new"):
        if not _is_being_written(left):
            left.unlink(missing_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    _write(draft, content, group_may_read=group_may_read)
    draft.replace(file)


def _write(file: Path, content: bytes, *, group_may_read: bool) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        if group_may_read:
            os.fchmod(opened.fileno(), 0o640)
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _is_being_written(draft: Path) -> bool:
    """By another process that is still there: its id is in the name."""
    writer = draft.suffixes[-2].removeprefix(".")
    return writer.isdigit() and int(writer) != os.getpid() and Path("/proc", writer).exists()
