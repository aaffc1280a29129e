import random
from collections.abc import Iterator

import pytest

from proxy_addons.replay import coalescing
from proxy_addons.replay.coalescing import MOMENT, MOST, coalesced
from proxy_addons.replay.stream import Event, Side, Stream, What
from tests.proxy_addons.replay.factories import NOON

STREAMS = [Stream(number, (b"\x0a\0\0\1", 40_000 + number), (b"\xc0\0\2\x50", 80)) for number in range(5)]


def event(data: bytes, *, at: float = NOON, number: int = 0, side: Side = Side.SERVER, offset: int = 0) -> Event:
    return Event(STREAMS[number], side, What.DATA, at, offset, data)


def end(*, number: int = 0, at: float = NOON) -> Event:
    return Event(STREAMS[number], Side.SERVER, What.END, at, 0)


def told(*events: Event) -> list[tuple[int, bytes]]:
    return [(each.stream.number, each.data) for each in coalesced(events)]


def test_what_one_end_sends_in_a_moment_is_one_event_at_the_time_of_its_last_byte() -> None:
    (one,) = coalesced([event(b"nobody "), event(b"likes ", at=NOON + 0.002), event(b"you", at=NOON + 0.004)])
    assert (one.data, one.at, one.offset) == (b"nobody likes you", NOON + 0.004, 0)


def test_an_answer_ends_what_was_asked_before_it() -> None:
    asked = [event(b"a", side=Side.CLIENT), event(b"b", side=Side.CLIENT), event(b"c"), event(b"d", side=Side.CLIENT)]
    assert [(each.side.name, each.data) for each in coalesced(asked)] == [
        ("CLIENT", b"ab"), ("SERVER", b"c"), ("CLIENT", b"d"),
    ]  # fmt: skip


def test_what_ends_or_is_lost_comes_after_what_was_said_before_it() -> None:
    lost = Event(STREAMS[0], Side.SERVER, What.LOST, NOON, 1, size=3)
    assert [each.what for each in coalesced([event(b"a"), lost, event(b"b", offset=4), end()])] == [
        What.DATA, What.LOST, What.DATA, What.END,
    ]  # fmt: skip


def test_connections_between_one_another_do_not_part_what_belongs_together() -> None:
    assert told(event(b"a"), event(b"x", number=1), event(b"b"), event(b"y", number=1)) == [(0, b"ab"), (1, b"xy")]


def test_a_later_moment_waits_for_nothing() -> None:
    later = NOON + 2 * MOMENT
    assert told(event(b"a"), event(b"x", number=1, at=later), event(b"b", at=later)) == [
        (0, b"a"),
        (1, b"x"),
        (0, b"b"),
    ]


def test_a_clock_that_is_set_back_holds_nothing_up() -> None:
    assert told(event(b"a"), event(b"b", at=NOON - 3600)) == [(0, b"a"), (0, b"b")]


def test_no_event_is_larger_than_what_the_gateway_reads_at_once() -> None:
    piece = MOST // 3
    pieces = [event(bytes(piece), offset=n * piece) for n in range(7)]
    assert [len(each.data) for each in coalesced(pieces)] == [3 * piece, 3 * piece, piece]


def test_little_is_held_of_very_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalescing, "ALL", 10)
    read = 0

    def events() -> Iterator[Event]:
        nonlocal read
        for number in range(5):
            read += 1
            yield event(b"five!", number=number)

    first = next(coalesced(events()))
    assert (first.stream.number, read) == (0, 3)


def test_each_connection_says_the_same_whatever_the_others_do() -> None:
    rng, events, offsets = random.Random(7), list[Event](), [0] * 5
    for number in range(3000):
        one = rng.randrange(5)
        data = rng.randbytes(rng.choice([1, 1400, 9000]))
        events.append(
            event(data, at=NOON + number / 1000, number=one, side=rng.choice(list(Side)), offset=offsets[one])
        )
        offsets[one] += len(data)
    together = list(coalesced(events))
    for stream in STREAMS:
        alone = [each for each in events if each.stream is stream]
        assert [each for each in together if each.stream is stream] == list(coalesced(alone))
