"""What is wrong with a device is said in words, and only where it had time to be otherwise."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from appliance.agents import troubles
from appliance.agents.up_to_date import UpToDate
from appliance.models import AgentStatus, Device
from tests.appliance.factories import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EXPECTED = UpToDate(
    policy={"version": "p1"}, policy_since=None, library="l1", library_since=NOON - 2 * HOUR, newest=(1, 2)
)


def device(**fields: Any) -> Device:
    return Device(**{"agent_version": "1.2", "created_at": NOON - 30 * DAY, **fields})


def status(**fields: Any) -> AgentStatus:
    """All is well."""
    plain: dict[str, Any] = {"at": NOON, "clock_off": 0.0, "policy_version": "p1", "library_version": "l1"}
    plain |= {"waiting": 0, "set_aside": 0, "dropped": 0, "health": [], "state": "running"}
    return AgentStatus(**plain | fields)


def all_of(found: AgentStatus, gaps: int = 0, expected: UpToDate = EXPECTED, **fields: Any) -> list[str]:
    lab = device(**fields)
    return [
        *troubles.of_presence(lab, found, False, NOON),
        *troubles.of_condition(found, gaps),
        *troubles.of_versions(lab, found, expected),
    ]


def test_of_one_that_is_well_nothing_is_said() -> None:
    assert all_of(status()) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"clock_off": -7200.0}, "Its clock is 2 hours ahead."),
        ({"clock_off": 180.0}, "Its clock is 3 minutes behind."),
        ({"set_aside": 1}, "1 detection was refused and set aside on it."),
        ({"dropped": 2}, "2 detections were dropped for want of room."),
        ({"waiting": 3, "oldest_waiting": NOON - 2 * HOUR}, "3 detections wait on it longer than an hour."),
        ({"health": ["The screen cannot be read."]}, "It says: The screen cannot be read."),
        ({"policy_version": "old"}, "It goes by an earlier policy."),
        ({"library_version": "old"}, "It looks for an earlier list of phrases."),
        ({"state": "stopped"}, "An administrator of the device stopped the agent."),
        ({"state": "removed"}, "The agent was removed; take the device out of use with gatehouse agent revoke."),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, Any], said: str) -> None:
    assert all_of(status(**fields)) == [said]


@pytest.mark.parametrize(("gaps", "times"), [(1, "once"), (2, "2 times")])
def test_how_often_it_was_killed_is_said(gaps: int, times: str) -> None:
    assert all_of(status(), gaps) == [f"The agent was killed {times} within 7 days."]


@pytest.mark.parametrize(
    ("version", "newest", "is_older"),
    [("1.2", (1, 10), True), ("1.10", (1, 2), False), ("1.2", (1, 2), False), ("", (1,), True)],
)
def test_an_older_version_is_told_from_a_newer(version: str, newest: tuple[int, ...], is_older: bool) -> None:
    expected = UpToDate(policy={"version": "p1"}, policy_since=None, library="", library_since=None, newest=newest)
    said = all_of(status(), expected=expected, agent_version=version)
    assert said == [f"Its agent, {version or 'of no version'}, is older than others of the school."] * is_older


def test_a_policy_of_the_last_hour_need_not_be_there_yet() -> None:
    expected = UpToDate(policy={"version": "new"}, policy_since=NOON, library="", library_since=None, newest=(1, 2))
    assert all_of(status(at=NOON + HOUR), expected=expected) == []
    assert all_of(status(at=NOON + 2 * HOUR), expected=expected) == ["It goes by an earlier policy."]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (NOON + 300 * DAY, []),
        (NOON + 10 * DAY, ["Its certificate ends on 2026-03-14, and it has not renewed it."]),
        (NOON, ["Its certificate has ended: it can only be enrolled anew."]),
        (None, ["Its certificate has ended: it can only be enrolled anew."]),
    ],
)
def test_a_certificate_that_ends_is_told(ends: datetime | None, said: list[str]) -> None:
    assert list(troubles.of_certificate(ends, NOON)) == said


def test_one_that_never_said_anything_is_told_after_an_hour() -> None:
    fresh = device(created_at=NOON)
    assert list(troubles.of_presence(fresh, None, False, NOON)) == []
    later = list(troubles.of_presence(fresh, None, False, NOON + 2 * HOUR))
    assert later == ["It was enrolled and has said nothing since."]


def test_silence_is_told() -> None:
    said = list(troubles.of_presence(device(), status(), True, NOON))
    assert said == ["It has been silent for 3 days of school or more, while others are heard of."]
