"""How many days of school lie between two moments: a device that is silent over a holiday is not missing."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SATURDAY = 5
FAR = 60
"""More days than this need not be counted."""


def between(first: datetime, last: datetime, policy: Mapping[str, Any]) -> int:
    """Whole ones: neither the day of the first moment nor that of the last counts."""
    zone = ZoneInfo(policy["time_zone"])
    start, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    return sum(is_school_day(day, policy) for day in _days(start, end))


def is_school_day(day: date, policy: Mapping[str, Any]) -> bool:
    return day.weekday() < SATURDAY and not any(
        date.fromisoformat(each["from"]) <= day <= date.fromisoformat(each["to"]) for each in policy["holidays"]
    )


def _days(start: date, end: date) -> Iterator[date]:
    for number in range(1, min((end - start).days, FAR)):
        yield start + timedelta(days=number)
