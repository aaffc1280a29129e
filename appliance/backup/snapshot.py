"""A copy of the records as they stood at one moment, while programs go on writing; without who is signed in."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

from appliance.backup import postgres
from appliance.store import StoreError

LEFT_OUT = ("sign_ins", "sign_in_attempts")
"""Whoever was signed in is not signed in on another machine."""


def file_of(url: str) -> Path | None:
    """None where the records are in PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def size(url: str) -> int:
    """About as many bytes as a copy has."""
    file = file_of(url)
    return file.stat().st_size if file else postgres.size(url)


def copy(url: str, to: Path) -> None:
    """An SQLite file, whichever database the records are in: each kind can be restored from it."""
    file = file_of(url)
    if file is None:
        postgres.copy(url, to, LEFT_OUT)
    else:
        _copy_file(file, to)


def _copy_file(file: Path, to: Path) -> None:
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)
        target = sqlite3.connect(to, isolation_level=None)
        try:
            source.backup(target)  # one read of it all; in WAL mode nobody waits for that
            target.execute("PRAGMA journal_mode = DELETE")
            target.execute("PRAGMA secure_delete = ON")
            for table in LEFT_OUT:
                target.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
        finally:
            target.close()
            source.close()
    except sqlite3.Error as e:
        raise StoreError(f"{file}: cannot be copied: {e}") from e
