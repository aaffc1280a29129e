"""The school's hours go by the school's clock."""

from datetime import UTC, datetime, timedelta

from agent.service.school_clock import SchoolClock

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_whoever_sets_the_devices_clock_sets_no_hours() -> None:
    own, passed = [NOW - timedelta(days=2)], [100.0]
    clock = SchoolClock(lambda: own[0], lambda: passed[0])
    assert clock() == own[0]
    clock.told(NOW)
    own[0], passed[0] = NOW + timedelta(days=9), 160.0
    assert clock() == NOW + timedelta(minutes=1)
