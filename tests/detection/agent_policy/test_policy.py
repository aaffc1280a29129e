"""What holds where a school says nothing, and which hours a moment falls into."""

from datetime import UTC, datetime, time

import pytest

from detection.agent_policy.policy import AWAY, GRAVE, Hours, Policy, Scope

FRIDAY_NIGHT = Hours(days=frozenset({5}), begin=time(20), end=time(6))


def test_by_default_less_is_seen_and_kept_away_from_school() -> None:
    plain = Policy()
    assert (plain.school.on_site, plain.school.off_site) == (Scope(), AWAY)
    assert (AWAY.keep_from, AWAY.screen, AWAY.ocr, AWAY.deleted) == (3, False, False, GRAVE)


@pytest.mark.parametrize(
    ("at", "hold"),
    [
        (datetime(2026, 3, 6, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 5, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 7, 20, 0, tzinfo=UTC), False),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(at: datetime, hold: bool) -> None:
    assert FRIDAY_NIGHT.hold(at) is hold
