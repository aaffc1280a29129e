"""Days of school are counted, and neither weekends nor holidays."""

from datetime import UTC, datetime

import pytest

from appliance.agents import school_days

POLICY = {"time_zone": "Europe/London", "holidays": [{"from": "2026-12-19", "to": "2027-01-04"}]}


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 0),
        ("2026-03-02", "2026-03-04", 1),
        ("2026-03-06", "2026-03-10", 1),
        ("2026-12-18", "2027-01-05", 0),
        ("2026-12-18", "2027-01-07", 2),
        ("2027-01-07", "2026-12-18", 0),
    ],
)
def test_whole_days_of_school_between(first: str, last: str, days: int) -> None:
    assert school_days.between(at(first), at(last), POLICY) == days


def test_midnight_is_the_schools() -> None:
    assert school_days.between(at("2026-07-06", 23), at("2026-07-08", 22), POLICY) == 0
    assert school_days.between(at("2026-07-06", 22), at("2026-07-08", 23), POLICY) == 2


def test_a_device_that_has_been_away_for_ever_is_counted_in_no_time() -> None:
    assert school_days.between(at("1990-01-01"), at("2026-01-01"), POLICY) > 30
