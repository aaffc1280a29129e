"""Times read as a person says them, in the school's zone."""

from datetime import UTC, datetime, timedelta

import pytest

from console import times

NOW = datetime(2025, 7, 4, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW + timedelta(seconds=20), "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(minutes=3), "3 min ago"),
        (NOW - timedelta(minutes=59, seconds=59), "59 min ago"),
        (NOW - timedelta(hours=2), "2 h ago"),
        (NOW - timedelta(hours=20), "yesterday 19:30"),
        (NOW - timedelta(days=3), "Tue 1 Jul, 15:30"),
        (NOW - timedelta(days=300), "7 Sep 2024, 15:30"),
        (NOW + timedelta(hours=1), "Fri 4 Jul 2025, 16:30"),
    ],
)
def test_how_long_ago(at: datetime, said: str) -> None:
    assert times.ago(at, NOW, "Europe/London") == said


def test_the_exact_time_is_the_schools_in_summer_and_winter() -> None:
    assert times.exact(NOW, "Europe/London") == "Friday 4 July 2025, 15:30:00 BST"
    assert (
        times.exact(datetime(2025, 1, 4, 9, 0, 5, tzinfo=UTC), "Europe/London")
        == "Saturday 4 January 2025, 09:00:05 GMT"
    )


def test_an_unknown_zone_is_utc_and_no_error() -> None:
    assert times.exact(NOW, "Middle/Earth").endswith("14:30:00 UTC")


def test_the_element_has_the_exact_time_at_hand_and_on_paper() -> None:
    drawn = times.element(NOW - timedelta(minutes=3), NOW, "Europe/London")
    assert 'datetime="2025-07-04T14:27:00+00:00"' in drawn
    assert 'title="Friday 4 July 2025, 15:27:00 BST"' in drawn
    assert ">3 min ago<" in drawn
    assert ">Fri 4 Jul 2025, 15:27:00 BST<" in drawn


def test_what_came_before_says_how_long_before() -> None:
    drawn = times.earlier(NOW - timedelta(minutes=3), NOW, "Europe/London")
    assert ">3 min before<" in drawn
    assert ">just before<" in times.earlier(NOW - timedelta(milliseconds=40), NOW, "Europe/London")
    assert 'title="Friday 4 July 2025, 15:27:00 BST"' in drawn


@pytest.mark.parametrize(
    ("length", "said"),
    [(40, "40 s"), (180.0, "3 min"), (timedelta(hours=5), "5 h"), (timedelta(days=4), "4 days"), (-3, "0 s")],
)
def test_a_length_of_time_has_one_unit(length: timedelta | float, said: str) -> None:
    assert times.span(length) == said
