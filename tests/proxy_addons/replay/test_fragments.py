import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay import fragments
from proxy_addons.replay.fragments import CONTRADICTING, IMPOSSIBLE, LONGEST, MISSING, PATIENCE, SEEN_AGAIN, Fragments
from proxy_addons.replay.ip_headers import Fragment

WHOLE = random.Random(1).randbytes(100)
Piece = tuple[Fragment, bytes]


def piece(start: int, end: int, data: bytes = WHOLE, name: bytes = b"a") -> Piece:
    return Fragment(name, start, end < len(data)), data[start:end]


@pytest.fixture
def unread() -> Counter[tuple[str, str]]:
    return Counter()


def put(held: Fragments, *pieces: Piece, at: float = 0.0) -> list[tuple[int, bytes]]:
    found = [held.add(at, 6 if not fragment.start else 0, fragment, data) for fragment, data in pieces]
    return [one for one in found if one]


PIECES = piece(0, 40), piece(40, 80), piece(80, 100)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 0, 1, 1, 2, 2), (0, 1, 2, 0, 1, 2)])
def test_a_packet_is_whole_once_whatever_the_order(unread: Counter[tuple[str, str]], order: tuple[int, ...]) -> None:
    held = Fragments(unread)
    assert put(held, *(PIECES[number] for number in order)) == [(6, WHOLE)]
    held.close()
    assert not unread


def test_packets_at_the_same_time_are_kept_apart(unread: Counter[tuple[str, str]]) -> None:
    other = WHOLE[::-1]
    held = Fragments(unread)
    assert put(held, PIECES[0], piece(0, 48, other, b"b"), piece(48, 100, other, b"b"), *PIECES[1:]) == [
        (6, other),
        (6, WHOLE),
    ]


def test_where_fragments_overlap_what_came_first_stays(unread: Counter[tuple[str, str]]) -> None:
    other = b"x" * 100
    held = Fragments(unread)
    ((_, data),) = put(held, piece(16, 64), piece(0, 100, other))
    assert data == other[:16] + WHOLE[16:64] + other[64:]
    assert unread == {CONTRADICTING: 1}


def test_where_fragments_overlap_and_agree_nothing_is_lost(unread: Counter[tuple[str, str]]) -> None:
    assert put(Fragments(unread), piece(16, 64), piece(0, 100)) == [(6, WHOLE)]
    assert not unread


def test_what_is_not_whole_in_time_is_given_up(unread: Counter[tuple[str, str]]) -> None:
    held = Fragments(unread)
    put(held, *PIECES[:2])
    assert not put(held, PIECES[2], at=PATIENCE + 1)
    assert unread == {MISSING: 2}
    held.close()
    assert unread == {MISSING: 3}


def test_a_number_has_a_new_packet_after_a_while(unread: Counter[tuple[str, str]]) -> None:
    held = Fragments(unread)
    assert put(held, *PIECES)
    assert not put(held, *PIECES, at=SEEN_AGAIN)
    assert put(held, *PIECES, at=SEEN_AGAIN + 0.1) == [(6, WHOLE)]
    held.close()
    assert not unread


def test_memory_is_bounded(unread: Counter[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "ALL_WAITING", 10 * (100 + fragments.OVERHEAD))
    held = Fragments(unread)
    for number in range(30):
        put(held, piece(8, 100, name=bytes([number])))
    assert unread == {MISSING: 20}
    assert put(held, piece(0, 8, name=bytes([29]))) == [(6, WHOLE)]


@pytest.mark.parametrize(
    "wrong",
    [
        (Fragment(b"a", 0, True), b""),
        (Fragment(b"a", 0, True), b"seven b"),
        (Fragment(b"a", LONGEST - 8, False), bytes(9)),
    ],
    ids=["empty", "not by eights", "beyond the longest"],
)
def test_a_fragment_that_cannot_be_is_counted(unread: Counter[tuple[str, str]], wrong: Piece) -> None:
    held = Fragments(unread)
    assert not put(held, wrong)
    held.close()
    assert unread == {IMPOSSIBLE: 1}


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.binary(max_size=50), st.floats(0, 100)), max_size=30))
def test_any_fragments_are_answered(said: list[tuple[int, bool, bytes, float]]) -> None:
    unread: Counter[tuple[str, str]] = Counter()
    held = Fragments(unread)
    found = [held.add(at, 6, Fragment(b"a", start * 8, more), data) for start, more, data, at in said]
    held.close()
    assert held._size == 0
    assert unread[MISSING] + unread[IMPOSSIBLE] + sum(one is not None for one in found) <= len(said)
