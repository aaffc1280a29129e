"""A device's outbox remembers what it took, and drops the least when it is full."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.service.outbox import REMEMBERED, DeviceOutbox
from detection.letters import Kind
from detection.outbox import Outbox, OutboxFull

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
KEY = bytes(range(32))


@pytest.fixture
def dropped() -> list[int]:
    return []


@pytest.fixture
def outbox(tmp_path: Path, dropped: list[int]) -> Iterator[DeviceOutbox]:
    made = DeviceOutbox(tmp_path / "outbox.db", KEY, 2**20, dropped=dropped.append, clock=lambda: NOW)
    yield made
    made.close()


def put(outbox: Outbox, *ids: str, severity: int, size: int = 100) -> None:
    for id in ids:
        outbox.put(id=id, reported_at=NOW, sealed=bytes(size), severity=severity)


def waiting(outbox: Outbox) -> list[str]:
    return [letter.key for letter in outbox.due(Kind.DETECTION, float("inf"), 1000)]


def test_what_was_taken_is_known_though_it_was_delivered_and_the_service_killed(
    outbox: DeviceOutbox, tmp_path: Path
) -> None:
    put(outbox, "a", severity=3)
    outbox.delivered(Kind.DETECTION, "a")
    other = DeviceOutbox(tmp_path / "outbox.db", KEY, 2**20, clock=lambda: NOW)
    assert waiting(other) == []
    assert other.has_taken("a")
    assert not other.has_taken("b")
    other.close()


def test_after_two_weeks_it_is_forgotten_what_was_taken(outbox: DeviceOutbox, tmp_path: Path) -> None:
    put(outbox, "a", severity=3)
    later = DeviceOutbox(tmp_path / "outbox.db", KEY, 2**20, clock=lambda: NOW + REMEMBERED + timedelta(seconds=1))
    assert not later.has_taken("a")
    later.close()


def test_the_oldest_of_low_severity_go_first(outbox: DeviceOutbox, dropped: list[int]) -> None:
    put(outbox, "grave-1", severity=4)
    put(outbox, "low-1", "low-2", severity=2)
    put(outbox, "grave-2", severity=3)
    assert outbox.drop_least(150, 3) == 2
    assert waiting(outbox) == ["grave-1", "grave-2"]
    assert outbox.drop_least(1, 2) == 0
    assert outbox.drop_least(1, 5) == 1
    assert waiting(outbox) == ["grave-2"]
    assert dropped == [2, 1]


def test_what_belongs_to_a_dropped_one_goes_with_it(outbox: DeviceOutbox) -> None:
    outbox.put(id="low", reported_at=NOW, sealed=b"x", severity=1, blobs=[("own", b"1"), ("shared", b"2")])
    outbox.put(id="grave", reported_at=NOW, sealed=b"x", severity=4, blobs=[("shared", b"2")])
    outbox.drop_least(1, 4)
    outbox.delivered(Kind.DETECTION, "grave")
    assert [letter.key for letter in outbox.due(Kind.BLOB, 0, 10)] == ["shared"]


def test_a_full_outbox_makes_room_for_what_is_graver(outbox: DeviceOutbox) -> None:
    with pytest.raises(OutboxFull):
        put(outbox, *(f"low-{number}" for number in range(200)), severity=1, size=20_000)
    before = len(waiting(outbox))
    assert outbox.drop_least(100_000, 5) == 5
    put(outbox, "grave", severity=5, size=20_000)
    assert len(waiting(outbox)) == before - 4
    assert "low-0" not in waiting(outbox)


def test_a_place_is_known_with_its_severity_over_a_restart(outbox: DeviceOutbox, tmp_path: Path) -> None:
    place = outbox.place("pupil", "w1.f2.s3")
    assert outbox.severity_at(place) == 0
    outbox.expect("a", place)
    put(outbox, "a", severity=3)
    put(outbox, "b", severity=5)
    other = DeviceOutbox(tmp_path / "outbox.db", KEY, 2**20, clock=lambda: NOW)
    assert other.severity_at(place) == 3
    assert other.severity_at(other.place("other", "w1.f2.s3")) == 0
    assert other.severity_at(other.place("pupil", "")) == 0
    other.close()


def test_what_was_made_before_the_clock_was_set_is_sent_by_the_clock_it_was_made_by(tmp_path: Path) -> None:
    shift = [0.0]
    outbox = DeviceOutbox(tmp_path / "outbox.db", KEY, 2**20, shift=lambda: shift[0], clock=lambda: NOW)
    put(outbox, "before", severity=3)
    shift[0] = 3600.0
    put(outbox, "after", severity=3)
    before, after = outbox.due(Kind.DETECTION, 0, 2)
    assert outbox.sent_at(before, NOW) == NOW - timedelta(hours=1)
    assert outbox.sent_at(after, NOW) == NOW
    outbox.close()


def test_whoever_has_the_outbox_alone_learns_neither_severity_nor_place(outbox: DeviceOutbox, tmp_path: Path) -> None:
    outbox.expect("a", outbox.place("pupil", "w1.f2.s3"))
    put(outbox, "a", severity=2)
    put(outbox, "b", severity=5)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"w1.f2" not in kept
    rows = outbox._rows("SELECT length(rank) FROM ranks", ())
    assert {length for (length,) in rows} == {41}
    assert len(rows) == 2
    other = DeviceOutbox(tmp_path / "outbox.db", bytes(32), 2**20, clock=lambda: NOW)
    assert other.drop_least(1, 2) == 0
    other.close()
