"""What is wrong with a device that has an agent, each in a sentence for whoever looks after it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from appliance.agents.up_to_date import UpToDate, parts
from appliance.models import AgentStatus, Device

SILENT_DAYS = 3
"""Whole days of school without a word, while others are heard of."""
CLOCK = timedelta(minutes=2)
GRACE = timedelta(hours=1)
"""A device that has just been told of something new need not have it yet."""
RECENT = timedelta(days=7)
ENDS_SOON = timedelta(days=30)
WAITS_LONG = timedelta(hours=1)


def of_presence(device: Device, status: AgentStatus | None, silent: bool, now: datetime) -> Iterator[str]:
    if status is None:
        if now - device.created_at > GRACE:
            yield "It was enrolled and has said nothing since."
        return
    if status.state == "stopped":
        yield "An administrator of the device stopped the agent."
    elif status.state == "removed":
        yield "The agent was removed; take the device out of use with gatehouse agent revoke."
    elif silent:
        yield f"It has been silent for {SILENT_DAYS} days of school or more, while others are heard of."


def of_condition(status: AgentStatus, gaps: int) -> Iterator[str]:
    """``gaps``: how often it was killed within RECENT."""
    if gaps:
        times = "once" if gaps == 1 else f"{gaps} times"
        yield f"The agent was killed {times} within {RECENT.days} days."
    if abs(status.clock_off) > CLOCK.total_seconds():
        side = "behind" if status.clock_off > 0 else "ahead"
        yield f"Its clock is {_length(abs(status.clock_off))} {side}."
    if status.waiting and status.oldest_waiting and status.at - status.oldest_waiting > WAITS_LONG:
        yield f"{_counted(status.waiting, 'detection waits', 'detections wait')} on it longer than an hour."
    if status.set_aside:
        yield f"{_counted(status.set_aside, 'detection was', 'detections were')} refused and set aside on it."
    if status.dropped:
        yield f"{_counted(status.dropped, 'detection was', 'detections were')} dropped for want of room."
    yield from (f"It says: {said}" for said in status.health)


def of_versions(device: Device, status: AgentStatus, expected: UpToDate) -> Iterator[str]:
    if parts(device.agent_version) < expected.newest:
        yield f"Its agent, {device.agent_version or 'of no version'}, is older than others of the school."
    policy = str(expected.policy["version"])
    if status.policy_version != policy and _had_time(status, expected.policy_since):
        yield "It goes by an earlier policy."
    if expected.library and status.library_version != expected.library and _had_time(status, expected.library_since):
        yield "It looks for an earlier list of phrases."


def of_certificate(ends: datetime | None, now: datetime) -> Iterator[str]:
    if ends is None or ends <= now:
        yield "Its certificate has ended: it can only be enrolled anew."
    elif ends - now < ENDS_SOON:
        yield f"Its certificate ends on {ends:%Y-%m-%d}, and it has not renewed it."


def _had_time(status: AgentStatus, since: datetime | None) -> bool:
    """Whether it was heard of after it could have known, and long enough."""
    return since is None or status.at - since > GRACE


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _length(seconds: float) -> str:
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{int(seconds // unit)} {name}"
    return f"{int(seconds)} seconds"
