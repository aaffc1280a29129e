"""One side, sealed by hand: key updates, keys that come late, and limits."""

from proxy_addons.replay.tls.direction import NO_KEYS, TOO_EARLY, Direction
from proxy_addons.replay.tls.early_records import MOST_HELD
from proxy_addons.replay.tls.lock import MOST_TRIED, Plain
from proxy_addons.replay.tls.protection import Aead13
from proxy_addons.replay.tls.records import Record
from proxy_addons.replay.tls.suites import SUITES
from tests.proxy_addons.replay.tls.test_protection import SECRET, sealed

OPENING = Aead13(SUITES[0x1301], SECRET)


def wire(record: Record) -> bytes:
    return record.header + record.body


def said(direction: Direction, *records: Record) -> list[bytes]:
    return [plain.data for plain in direction.feed(b"".join(map(wire, records)))]


def test_records_are_numbered_from_where_a_key_comes_into_force() -> None:
    direction = Direction(holds=False)
    assert list(direction.feed(b"\x16\x03\x03\x00\x01a")) == [Plain(22, b"a")]
    direction.protect(OPENING)
    assert said(direction, sealed(b"b\x17"), sealed(b"c\x17", 1)) == [b"b", b"c"]
    direction.protect(OPENING)
    assert said(direction, sealed(b"d\x17")) == [b"d"]
    assert not direction.unread


def test_what_a_key_does_not_open_stops_the_side_and_is_counted() -> None:
    direction = Direction(holds=False)
    direction.protect(OPENING)
    assert said(direction, sealed(b"b\x17", 5), sealed(b"c\x17", 1)) == []
    assert said(direction, sealed(b"c\x17", 1)) == []
    assert direction.unread == {"a record that its key does not open": 18 + 18 + 23}


def test_without_a_key_the_bytes_are_counted() -> None:
    direction = Direction(holds=False)
    direction.protect(None)
    assert said(direction, sealed(b"b\x17")) == []
    assert (direction.stopped, direction.unread) == (NO_KEYS, {NO_KEYS: 23})


def test_a_key_that_is_expected_comes_into_force_with_what_it_opens() -> None:
    direction = Direction(holds=False)
    direction.expect(OPENING, NO_KEYS)
    assert said(direction, sealed(b"other\x16", 9), sealed(b"b\x17"), sealed(b"c\x17", 1)) == [b"b", b"c"]
    assert direction.unread == {NO_KEYS: 22}
    direction.expect(OPENING, NO_KEYS)
    assert said(direction, *[sealed(b"other\x16", 9)] * (MOST_TRIED + 1), sealed(b"b\x17")) == []
    assert direction.stopped == NO_KEYS


def test_what_is_held_is_opened_when_it_is_known_how() -> None:
    direction = Direction(holds=True)
    assert said(direction, sealed(b"b\x17"), sealed(b"c\x17", 1)) == []
    direction.protect(OPENING)
    assert [plain.data for plain in direction.release()] == [b"b", b"c"]
    assert said(direction, sealed(b"d\x17", 2)) == [b"d"]


def test_no_more_is_held_than_early_data_can_be() -> None:
    direction = Direction(holds=True)
    record = sealed(bytes(16_000) + b"\x17")
    for _ in range(MOST_HELD // 16_000 + 1):
        said(direction, record)
    assert direction.unread == {TOO_EARLY: (MOST_HELD // 16_000 + 1) * len(record.body)}


def test_what_comes_too_early_where_nothing_is_held_is_counted_once() -> None:
    direction, record = Direction(holds=False), sealed(b"b\x17")
    assert said(direction, record) == []
    assert (direction.stopped, direction.unread) == (TOO_EARLY, {TOO_EARLY: len(record.body)})


def test_a_record_that_is_cut_off_at_the_end_is_counted() -> None:
    direction = Direction(holds=False)
    list(direction.feed(b"\x16\x03\x03\x00\x05a"))
    direction.end()
    assert direction.unread == {"a record that is cut off": 6}


def test_behind_padding_the_size_of_a_hole_cannot_be_told() -> None:
    direction = Direction(holds=False)
    direction.protect(OPENING)
    said(direction, sealed(b"b\x17" + bytes(9)))
    direction.lost(len(wire(sealed(b"lost\x17", 1))))
    plains = list(direction.feed(wire(sealed(b"c" * 40 + b"\x17", 2))))
    assert [plain.data for plain in plains] == [b"", b"c" * 40]
    assert plains[0].lost > 1 << 30
