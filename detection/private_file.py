"""Replace a small file that nobody but its owner may read."""

import os
from pathlib import Path


def replace_privately(file: Path, content: bytes) -> None:
    """At once: a reader, or a kill, finds the old one or the new one."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
