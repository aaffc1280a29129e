"""How a school's devices with an agent are: which were expected, which are heard of, and what is wrong, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.agents import policies, school_days
from appliance.devices import AGENT
from appliance.models import (
    AgentCertificate,
    AgentEvent,
    AgentStatus,
    Device,
    LibraryRelease,
    Organisation,
    ReleasedLibrary,
)

HEARD = timedelta(minutes=5)
"""A device that is on says something every minute."""
SILENT_DAYS = 3
"""Whole days of school without a word, while others are heard of."""
CLOCK = timedelta(minutes=2)
GRACE = timedelta(hours=1)
"""A device that has just been told of something new need not have it yet."""
RECENT = timedelta(days=7)
ENDS_SOON = timedelta(days=30)
WAITS_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    device: Device
    status: AgentStatus | None
    """None where nothing was ever heard of it."""
    certificate_ends: datetime | None
    state: str
    """In a word or two."""
    troubles: tuple[str, ...]
    """Each in a sentence."""
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    standings: tuple[Standing, ...]
    policy_version: str

    @property
    def expected(self) -> int:
        return len(self.standings)

    def heard_since(self, moment: datetime) -> int:
        return sum(bool(each.status and each.status.at >= moment) for each in self.standings)

    @property
    def silent(self) -> tuple[Standing, ...]:
        return tuple(each for each in self.standings if each.silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expected:
    """What a device that is up to date has."""

    policy: Mapping[str, Any]
    policy_since: datetime | None
    library: str
    library_since: datetime | None
    newest: tuple[int, ...]


def of_school(session: Session, school: Organisation, now: datetime) -> Fleet:
    """Those in use, by name."""
    mine = select(Device).where(Device.organisation_id == school.id, Device.kind == AGENT, Device.revoked_at.is_(None))
    devices = session.scalars(mine.order_by(Device.name)).all()
    statuses = {each.device_id: each for each in session.scalars(_of(AgentStatus, school))}
    ends, gaps = _certificates(session, school), _gaps(session, school, now)
    expected = _expected(session, school, devices)
    others = _heard_today(list(statuses.values()), now)
    standings = [
        _standing(each, statuses.get(each.id), ends.get(each.id), gaps.get(each.id, 0), expected, others, now)
        for each in devices
    ]
    return Fleet(standings=tuple(standings), policy_version=str(expected.policy["version"]))


def _standing(
    device: Device,
    status: AgentStatus | None,
    ends: datetime | None,
    gaps: int,
    expected: _Expected,
    others: bool,
    now: datetime,
) -> Standing:
    last = status.at if status else device.created_at
    silent = others and school_days.between(last, now, expected.policy) >= SILENT_DAYS
    troubles = [*_presence(device, status, silent, now), *_certificate(ends, now)]
    if status:
        troubles += [*_condition(status, gaps), *_versions(device, status, expected)]
    return Standing(
        device=device,
        status=status,
        certificate_ends=ends,
        state=_state(status, silent, now),
        troubles=tuple(troubles),
        silent=silent,
    )


def _state(status: AgentStatus | None, silent: bool, now: datetime) -> str:
    if status is None:
        return "Never heard of"
    if status.state in ("stopped", "removed"):
        return status.state.capitalize()
    if silent:
        return "Silent"
    if now - status.at > HEARD:
        return "Off or away"
    return "Paused" if status.state == "paused" else "On site" if status.on_site else "Off site"


def _presence(device: Device, status: AgentStatus | None, silent: bool, now: datetime) -> Iterator[str]:
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


def _condition(status: AgentStatus, gaps: int) -> Iterator[str]:
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


def _versions(device: Device, status: AgentStatus, expected: _Expected) -> Iterator[str]:
    if _parts(device.agent_version) < expected.newest:
        yield f"Its agent, {device.agent_version or 'of no version'}, is older than others of the school."
    policy = str(expected.policy["version"])
    if status.policy_version != policy and _had_time(status, expected.policy_since):
        yield "It goes by an earlier policy."
    if expected.library and status.library_version != expected.library and _had_time(status, expected.library_since):
        yield "It looks for an earlier list of phrases."


def _certificate(ends: datetime | None, now: datetime) -> Iterator[str]:
    if ends is None or ends <= now:
        yield "Its certificate has ended: it can only be enrolled anew."
    elif ends - now < ENDS_SOON:
        yield f"Its certificate ends on {ends:%Y-%m-%d}, and it has not renewed it."


def _had_time(status: AgentStatus, since: datetime | None) -> bool:
    """Whether it was heard of after it could have known, and long enough."""
    return since is None or status.at - since > GRACE


def _expected(session: Session, school: Organisation, devices: Sequence[Device]) -> _Expected:
    policy = policies.latest(session, school)
    release = session.scalar(_of(LibraryRelease, school).order_by(LibraryRelease.serial.desc()).limit(1))
    own = select(ReleasedLibrary.version).where(ReleasedLibrary.release_id == (release.id if release else None))
    return _Expected(
        policy=policies.in_force(session, school),
        policy_since=policy.set_at if policy else None,
        library=session.scalar(own.where(ReleasedLibrary.group == "")) or "",
        library_since=release.built_at if release else None,
        newest=max((_parts(each.agent_version) for each in devices), default=()),
    )


def _certificates(session: Session, school: Organisation) -> dict[int, datetime]:
    ends = select(AgentCertificate.device_id, func.max(AgentCertificate.ends_at))
    ends = ends.where(AgentCertificate.organisation_id == school.id, AgentCertificate.revoked_at.is_(None))
    return dict(session.execute(ends.group_by(AgentCertificate.device_id)).all())


def _gaps(session: Session, school: Organisation, now: datetime) -> dict[int, int]:
    killed = select(AgentEvent.device_id, func.count()).where(AgentEvent.organisation_id == school.id)
    killed = killed.where(AgentEvent.kind == "killed", AgentEvent.at > now - RECENT)
    return dict(session.execute(killed.group_by(AgentEvent.device_id)).all())


def _heard_today(statuses: Sequence[AgentStatus], now: datetime) -> bool:
    """Where nothing is heard of anything, it is the box or its way out that is silent."""
    return any(now - each.at < timedelta(days=1) for each in statuses)


def _of(model: Any, school: Organisation) -> Any:
    return select(model).where(model.organisation_id == school.id)


def _parts(version: str) -> tuple[int, ...]:
    """Of a version such as 1.10.2; what is no number ends it."""
    read = list[int]()
    for part in version.split("."):
        if not part.isdigit():
            break
        read.append(int(part))
    return tuple(read)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _length(seconds: float) -> str:
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{int(seconds // unit)} {name}"
    return f"{int(seconds)} seconds"
