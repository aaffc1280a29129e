"""The promises the outbox makes rest on a handful of SQLite settings."""

import sqlite3
from pathlib import Path

import pytest

from detection.outbox_file import open_file, transaction


@pytest.mark.parametrize(
    ("setting", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("auto_vacuum", 1)]
)
def test_every_opening_sets_what_the_outbox_relies_on(tmp_path: Path, setting: str, value: object) -> None:
    for _ in range(2):
        db = open_file(tmp_path / "outbox.db", 2**30)
        assert db.execute(f"PRAGMA {setting}").fetchone() == (value,)
        db.close()


def test_the_file_may_grow_to_its_share_and_no_further(tmp_path: Path) -> None:
    db = open_file(tmp_path / "outbox.db", 2**20)
    assert db.execute("PRAGMA max_page_count").fetchone() == (2**20 // 4096,)
    db.close()


def write_half(db: sqlite3.Connection) -> None:
    with transaction(db):
        db.execute("INSERT INTO wanted VALUES ('detection', 'a', 'x', 'held')")
        db.execute("SELECT nonsense")


def test_a_failed_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    db = open_file(tmp_path / "outbox.db", 2**30)
    with pytest.raises(sqlite3.OperationalError):
        write_half(db)
    assert db.execute("SELECT count(*) FROM wanted").fetchone() == (0,)
    db.close()


def test_choosing_what_is_due_needs_no_sorting(tmp_path: Path) -> None:
    """A month of waiting detections must not make each delivery slow."""
    db = open_file(tmp_path / "outbox.db", 2**30)
    plan = db.execute(
        "EXPLAIN QUERY PLAN SELECT seq FROM letters WHERE kind = 'detection' AND aside IS NULL AND held = 0 "
        "AND next_at <= 0 ORDER BY next_at, seq LIMIT 1"
    ).fetchall()
    assert ["COVERING INDEX letters_due" in step[3] for step in plan] == [True]
    db.close()
