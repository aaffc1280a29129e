"""The mark of a folder that goes into no backup, ours or anybody's: it holds keys that must exist once."""

from pathlib import Path

TAG = "CACHEDIR.TAG"
"""The name tar, borg, restic and others know as well, where told to leave such folders out (bford.info/cachedir)."""
CONTENT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Keys of Gatehouse. They belong into no backup: whoever held one could sign for the whole web.\n"
)


def mark(folder: Path) -> None:
    (folder / TAG).write_text(CONTENT, "utf-8")


def is_marked(folder: Path) -> bool:
    """Whether a backup must leave ``folder`` out, with all that is below it."""
    file = folder / TAG
    return file.is_file() and file.read_bytes().startswith(CONTENT.partition("\n")[0].encode())
