"""A piece of evidence follows its detections: stored once, sent when one was accepted, kept until all were."""

import sqlite3
from collections.abc import Iterator

import pytest

from detection import letters, wanted_evidence
from detection.letters import Kind
from detection.outbox_file import open_memory

DETECTION, SUPPLEMENT, BLOB = Kind.DETECTION, Kind.SUPPLEMENT, Kind.BLOB


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = open_memory(2**20)
    yield db
    db.close()


def put(db: sqlite3.Connection, id: str, *pieces: str, kind: Kind = DETECTION) -> None:
    letters.insert(db, kind, id, "", b"sealed", held=kind is SUPPLEMENT)
    wanted_evidence.want(db, kind, id, [(piece, f"sealed {piece}".encode()) for piece in pieces])


def due(db: sqlite3.Connection, kind: Kind = BLOB) -> list[str]:
    return [letter.key for letter in letters.due(db, kind, 0, 100)]


def kept(db: sqlite3.Connection) -> list[str]:
    return [key for (key,) in db.execute("SELECT key FROM letters WHERE kind = 'blob' ORDER BY seq")]


def nothing_is_left(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT 1 FROM letters UNION ALL SELECT 1 FROM wanted").fetchall()


def test_a_piece_follows_only_once_its_detection_was_accepted(db: sqlite3.Connection) -> None:
    put(db, "a", "x", "y")
    assert due(db) == []
    wanted_evidence.accepted(db, DETECTION, "a")
    assert due(db) == ["x", "y"]
    wanted_evidence.arrived(db, "x")
    wanted_evidence.arrived(db, "y")
    assert nothing_is_left(db)


def test_a_shared_piece_is_stored_once_and_kept_until_every_detection_had_it(db: sqlite3.Connection) -> None:
    put(db, "a", "x")
    put(db, "b", "x")
    assert kept(db) == ["x"]
    wanted_evidence.accepted(db, DETECTION, "a")
    wanted_evidence.arrived(db, "x")
    assert (due(db), kept(db)) == ([], ["x"])
    wanted_evidence.accepted(db, DETECTION, "b")
    assert due(db) == ["x"]
    wanted_evidence.arrived(db, "x")
    assert nothing_is_left(db)


def test_a_piece_shared_by_two_accepted_detections_is_sent_once(db: sqlite3.Connection) -> None:
    for id in ("a", "b"):
        put(db, id, "x")
        wanted_evidence.accepted(db, DETECTION, id)
    wanted_evidence.arrived(db, "x")
    assert nothing_is_left(db)


def test_what_is_shelved_is_kept_but_not_sent(db: sqlite3.Connection) -> None:
    put(db, "a", "x")
    put(db, "b", "y")
    wanted_evidence.accepted(db, DETECTION, "a")
    wanted_evidence.shelve(db, BLOB, "x", "answer 422")
    wanted_evidence.shelve(db, DETECTION, "b", "answer 422")
    assert (due(db), due(db, DETECTION), kept(db)) == ([], [], ["x", "y"])


def test_a_fuller_bundle_follows_its_detection_and_goes_before_its_own_pieces(db: sqlite3.Connection) -> None:
    put(db, "a", "x")
    put(db, "a", "x", "z", kind=SUPPLEMENT)
    assert due(db, SUPPLEMENT) == []
    wanted_evidence.accepted(db, DETECTION, "a")
    assert (due(db, SUPPLEMENT), due(db)) == (["a"], ["x"])
    wanted_evidence.arrived(db, "x")
    wanted_evidence.accepted(db, SUPPLEMENT, "a")
    assert due(db) == ["x", "z"]
    wanted_evidence.arrived(db, "x")
    wanted_evidence.arrived(db, "z")
    assert nothing_is_left(db)


def test_the_oldest_pieces_are_dropped_and_their_detections_stay(db: sqlite3.Connection) -> None:
    for number in range(3):
        put(db, f"d{number}")
        wanted_evidence.want(db, DETECTION, f"d{number}", [(f"b{number}", bytes(1000))])
    assert wanted_evidence.drop_oldest(db, 1500) == 2
    assert due(db, DETECTION) == ["d0", "d1", "d2"]
    for number in range(3):
        wanted_evidence.accepted(db, DETECTION, f"d{number}")
    assert due(db) == ["b2"]
    assert wanted_evidence.drop_oldest(db, 1500) == 1
    assert wanted_evidence.drop_oldest(db, 1500) == 0
