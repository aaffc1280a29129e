"""Letters go in the order they were put in; what failed waits, and lets the others go first."""

import sqlite3
from collections.abc import Iterator

import pytest

from detection import letters
from detection.letters import Kind
from detection.outbox_file import open_memory
from tests.detection.factories import NOW

DETECTION, BLOB = Kind.DETECTION, Kind.BLOB


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = open_memory(2**20)
    yield db
    db.close()


def put(db: sqlite3.Connection, *ids: str, kind: Kind = DETECTION, held: bool = False) -> None:
    for id in ids:
        assert letters.insert(db, kind, id, NOW.isoformat(), f"sealed {id}".encode(), held=held)


def keys(db: sqlite3.Connection, now: float = 0) -> list[str]:
    return [letter.key for letter in letters.due(db, DETECTION, now, 100)]


def test_they_are_due_oldest_first(db: sqlite3.Connection) -> None:
    put(db, "c", "a", "b")
    assert keys(db) == ["c", "a", "b"]
    assert [letter.key for letter in letters.due(db, DETECTION, 0, 2)] == ["c", "a"]
    (first, *_) = letters.due(db, DETECTION, 0, 1)
    assert (first.sealed, first.reported_at, first.tries) == (b"sealed c", NOW.isoformat(), 0)


def test_the_same_key_again_changes_nothing(db: sqlite3.Connection) -> None:
    put(db, "a")
    assert not letters.insert(db, DETECTION, "a", NOW.isoformat(), b"other", held=True)
    assert [letter.sealed for letter in letters.due(db, DETECTION, 0, 9)] == [b"sealed a"]
    put(db, "a", kind=BLOB)


def test_what_failed_waits_its_time_and_then_lets_the_new_go_first(db: sqlite3.Connection) -> None:
    put(db, "a", "b")
    letters.retry_at(db, DETECTION, "a", 5.0)
    assert keys(db, now=4.9) == ["b"]
    assert keys(db, now=5.0) == ["b", "a"]
    assert [letter.tries for letter in letters.due(db, DETECTION, 5.0, 9)] == [0, 1]


def test_what_failed_often_does_not_push_in_front_of_what_failed_once(db: sqlite3.Connection) -> None:
    put(db, "a", "b")
    letters.retry_at(db, DETECTION, "b", 3.0)
    letters.retry_at(db, DETECTION, "a", 5.0)
    assert keys(db, now=9.0) == ["b", "a"]


def test_the_next_time_to_send_is_known(db: sqlite3.Connection) -> None:
    assert letters.next_at(db, (DETECTION, BLOB)) is None
    put(db, "a")
    put(db, "x", kind=BLOB, held=True)
    letters.retry_at(db, DETECTION, "a", 5.0)
    assert letters.next_at(db, (DETECTION, BLOB)) == 5.0
    put(db, "b")
    assert letters.next_at(db, (DETECTION, BLOB)) == 0.0


def test_what_is_held_or_set_aside_is_here_and_not_due(db: sqlite3.Connection) -> None:
    put(db, "a", held=True)
    put(db, "b")
    db.execute("UPDATE letters SET aside = 'answer 422' WHERE key = 'b'")
    assert (keys(db), letters.next_at(db, (DETECTION,))) == ([], None)
    assert [letters.is_here(db, DETECTION, key) for key in "abc"] == [True, True, False]
    assert [letters.why_aside(db, DETECTION, key) for key in "abc"] == [None, "answer 422", None]
