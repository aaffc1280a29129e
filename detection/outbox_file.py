"""The file an outbox lives in: SQLite, committed to the disk itself, readable by its owner only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detection.private_file import make_privately

BUSY = 1000
"""Milliseconds that somebody else's lock is waited for; a flagged message must not wait much longer for its row."""
OURS = 0x47484F42
"""SQLite's application_id: the letters GHOB."""
VERSION = 1

_SCHEMA = f"""
CREATE TABLE letters (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, reported_at TEXT NOT NULL,
    held INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, aside TEXT,
    sealed BLOB NOT NULL, UNIQUE (kind, key));
CREATE INDEX letters_due ON letters (kind, aside, held, next_at, seq);
CREATE TABLE wanted (
    kind TEXT NOT NULL, key TEXT NOT NULL, blob TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (blob, kind, key)) WITHOUT ROWID;
CREATE INDEX wanted_by ON wanted (kind, key);
PRAGMA application_id = {OURS};
PRAGMA user_version = {VERSION};
"""
"""``sealed`` stands last so that counting and choosing never read it."""


class OutboxError(OSError):
    """The outbox cannot be used; the message names its file."""


class OutboxFull(OutboxError):
    """The disk, or the outbox's share of it, is full."""


def open_file(file: Path, max_bytes: int) -> sqlite3.Connection:
    """Open or make the outbox. A file that is something else, or damaged, is an OutboxError and stays as it is."""
    with named_errors(file):
        make_privately(file)
        db = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            _prepare(db, file, max_bytes)
        except BaseException:
            db.close()
            raise
    return db


def open_memory(max_bytes: int) -> sqlite3.Connection:
    """The same without a file: gone when it is closed."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _set_up(db, max_bytes)
    return db


def _prepare(db: sqlite3.Connection, file: Path, max_bytes: int) -> None:
    empty = _number(db, "PRAGMA schema_version") == 0
    if not empty and (_number(db, "PRAGMA application_id"), _number(db, "PRAGMA user_version")) != (OURS, VERSION):
        raise OutboxError(f"{file}: is not an outbox of this version")
    file.chmod(0o600)
    _set_up(db, max_bytes)
    db.execute(f"PRAGMA busy_timeout={BUSY}")


def _set_up(db: sqlite3.Connection, max_bytes: int) -> None:
    # Delivered rows are wiped and their space given back; FULL means a commit is on the disk when it returns.
    for setting in (
        "auto_vacuum=FULL",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        db.execute(f"PRAGMA {setting}")
    db.execute(f"PRAGMA max_page_count={max(max_bytes // _number(db, 'PRAGMA page_size'), 32)}")
    with transaction(db):
        if _number(db, "PRAGMA application_id") != OURS:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
        # Times to try again count on a clock that starts anew with the machine.
        db.execute("UPDATE letters SET next_at = 0")


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(pragma).fetchone()[0])


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def named_errors(file: Path) -> Iterator[None]:
    """Whatever SQLite or the disk says, as an OutboxError with the file's name."""
    try:
        yield
    except OutboxError:
        raise
    except sqlite3.Error as e:
        kind = OutboxFull if getattr(e, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL else OutboxError
        raise kind(f"{file}: {e}") from e
    except OSError as e:
        raise OutboxError(f"{file}: {e.strerror}") from e
