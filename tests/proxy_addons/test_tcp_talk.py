"""What waits of a connection stays in order and within bounds; what is over is not kept."""

from datetime import UTC, datetime

from detection.observation import Subject
from proxy_addons import tcp_talk
from proxy_addons.tcp_talk import Piece, Talk

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def piece(data):
    return Piece(data, True, Subject(), NOON)


def talk():
    return Talk("flow", ("chat.test", 6667))


def test_pieces_are_taken_in_the_order_they_came():
    kept = talk()
    assert [kept.put(piece(data)) for data in (b"a", b"b")] == [True, True]
    assert [kept.take().data, kept.take().data, kept.take()] == [b"a", b"b", None]


def test_no_more_waits_than_memory_allows_and_what_is_taken_makes_room(monkeypatch):
    monkeypatch.setattr(tcp_talk, "MOST_WAITING", 100)
    kept = talk()
    assert [kept.put(piece(bytes(60))) for _ in range(2)] == [True, False]
    kept.take()
    assert kept.put(piece(bytes(60)))


def test_of_what_is_over_nothing_is_held_or_read():
    kept = talk()
    kept.put(piece(b"a"))
    kept.held, before = 5, kept.conversation
    kept.end()
    assert (kept.take(), kept.held, kept.is_over) == (None, 0, True)
    assert kept.conversation is not before
