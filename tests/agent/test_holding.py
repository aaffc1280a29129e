"""Which scope holds: by hours, holidays, the zone's clock, network, and group."""

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest

from agent.holding import scope_for
from detection.agent_policy.policy import AWAY, GRAVE, Scope
from tests.agent.policies import WEEK, policy

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NIGHT = [{"days": [5], "from": "20:00", "to": "06:00"}]
OFF = {"outside_hours": "off"}
BOARDING = {
    "networks": [{"addresses": "10.9.0.0/16", "scope": "off"}, {"addresses": "10.9.1.0/24", "scope": "off-site"}]
}


@pytest.mark.parametrize(
    ("changes", "now", "on_site", "addresses", "why"),
    [
        ({}, NOON, True, (), "on the school's network"),
        ({}, NOON, False, (), "away from the school's network"),
        ({"hours": WEEK}, datetime(2026, 3, 2, 7, 59, tzinfo=UTC), True, (), "outside the school's hours"),
        ({"hours": WEEK}, datetime(2026, 3, 2, 8, 0, tzinfo=UTC), True, (), "on the school's network"),
        ({"hours": WEEK}, datetime(2026, 3, 2, 17, 0, tzinfo=UTC), True, (), "outside the school's hours"),
        ({"hours": WEEK}, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), True, (), "outside the school's hours"),
        ({"hours": WEEK} | OFF, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), True, (), "it is outside the hours"),
        ({"hours": WEEK} | OFF, datetime(2026, 3, 1, 12, 0, tzinfo=UTC), False, (), "it is outside the hours"),
        # Summer time: eight in London is seven in UTC from the last Sunday of March on.
        ({"hours": WEEK}, datetime(2026, 3, 27, 7, 30, tzinfo=UTC), True, (), "outside the school's hours"),
        ({"hours": WEEK}, datetime(2026, 3, 30, 7, 30, tzinfo=UTC), True, (), "on the school's network"),
        # The hour that comes twice in October is the same hour both times.
        (
            {"hours": [{"days": [7], "from": "01:00", "to": "02:00"}]},
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            True,
            (),
            "on the school's network",
        ),
        (
            {"hours": [{"days": [7], "from": "01:00", "to": "02:00"}]},
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            True,
            (),
            "on the school's network",
        ),
        (
            {"hours": WEEK, "time_zone": "Pacific/Auckland"},
            datetime(2026, 3, 1, 20, 0, tzinfo=UTC),
            True,
            (),
            "on the school's network",
        ),
        # A night belongs to the day it begins on.
        ({"hours": NIGHT}, datetime(2026, 3, 6, 23, 0, tzinfo=UTC), True, (), "on the school's network"),
        ({"hours": NIGHT}, datetime(2026, 3, 7, 5, 59, tzinfo=UTC), True, (), "on the school's network"),
        ({"hours": NIGHT}, datetime(2026, 3, 7, 6, 0, tzinfo=UTC), True, (), "outside the school's hours"),
        ({"hours": NIGHT}, datetime(2026, 3, 6, 5, 0, tzinfo=UTC), True, (), "outside the school's hours"),
        (
            {"hours": [{"days": [1], "from": "08:00", "to": "24:00"}]},
            datetime(2026, 3, 2, 23, 59, tzinfo=UTC),
            True,
            (),
            "on the school's network",
        ),
        (
            {"holidays": [{"from": "2026-03-02", "to": "2026-03-02"}]},
            NOON,
            True,
            (),
            "outside the school's hours",
        ),
        ({"holidays": [{"from": "2026-03-03", "to": "2026-03-09"}]}, NOON, True, (), "on the school's network"),
        (BOARDING, NOON, True, ("10.9.7.7",), "the school does not monitor this network"),
        (BOARDING, NOON, True, ("10.9.1.7",), "away from the school's network"),
        (BOARDING, NOON, True, ("10.1.1.7",), "on the school's network"),
        # At home anybody can have such an address, and a second one anywhere.
        (BOARDING, NOON, False, ("10.9.7.7",), "away from the school's network"),
        (BOARDING, NOON, True, ("10.1.1.7", "10.9.7.7"), "on the school's network"),
        (BOARDING, NOON, True, ("10.9.7.7", "2001:db8::7"), "the school does not monitor this network"),
        ({"off_site": {"watch": False}}, NOON, False, (), "the school does not monitor this device away"),
    ],
)
def test_the_scope_that_holds(
    changes: dict[str, Any], now: datetime, on_site: bool, addresses: tuple[str, ...], why: str
) -> None:
    holding = scope_for(policy(**changes), now, on_site, "", map(ip_address, addresses))
    assert holding.why.startswith(why)
    assert bool(holding.paused) is not holding.scope.watch


def test_by_default_less_is_seen_and_kept_away_from_school() -> None:
    on_site = scope_for(policy(), NOON, True, "Year 7", ()).scope
    assert on_site == Scope()
    off_site = scope_for(policy(), NOON, False, "Year 7", ()).scope
    assert off_site == AWAY
    assert (off_site.keep_from, off_site.screen, off_site.ocr) == (3, False, False)
    assert off_site.deleted == GRAVE


def test_a_group_may_have_scopes_of_its_own() -> None:
    made = policy(on_site={"keep_from": 2}, groups={"Year 12": {"on_site": {"keep_from": 4}}, "Year 7": {}})
    kept = {group: scope_for(made, NOON, True, group, ()).scope.keep_from for group in ("Year 12", "Year 7", "")}
    assert kept == {"Year 12": 4, "Year 7": 2, "": 2}
    assert scope_for(made, NOON, False, "Year 12", ()).scope.keep_from == 3
