"""How a school's devices with an agent are: which were expected, which are heard of, and which are silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance.agents import school_days, troubles, up_to_date
from appliance.agents.up_to_date import UpToDate
from appliance.devices import AGENT
from appliance.models import AgentCertificate, AgentEvent, AgentStatus, Device, Organisation

HEARD = timedelta(minutes=5)
"""A device that is on says something every minute."""


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


def of_school(session: Session, school: Organisation, now: datetime) -> Fleet:
    """Those in use, by name."""
    mine = select(Device).where(Device.organisation_id == school.id, Device.kind == AGENT, Device.revoked_at.is_(None))
    devices = session.scalars(mine.order_by(Device.name)).all()
    statuses = {each.device_id: each for each in session.scalars(_of(AgentStatus, school))}
    ends, gaps = _certificates(session, school), _gaps(session, school, now - troubles.RECENT)
    expected = up_to_date.of_school(session, school, devices)
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
    expected: UpToDate,
    others: bool,
    now: datetime,
) -> Standing:
    last = status.at if status else device.created_at
    silent = others and school_days.between(last, now, expected.policy) >= troubles.SILENT_DAYS
    said = [*troubles.of_presence(device, status, silent, now), *troubles.of_certificate(ends, now)]
    if status:
        said += [*troubles.of_condition(status, gaps), *troubles.of_versions(device, status, expected)]
    return Standing(
        device=device,
        status=status,
        certificate_ends=ends,
        state=_state(status, silent, now),
        troubles=tuple(said),
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


def _certificates(session: Session, school: Organisation) -> dict[int, datetime]:
    ends = select(AgentCertificate.device_id, func.max(AgentCertificate.ends_at))
    ends = ends.where(AgentCertificate.organisation_id == school.id, AgentCertificate.revoked_at.is_(None))
    return dict(session.execute(ends.group_by(AgentCertificate.device_id)).all())


def _gaps(session: Session, school: Organisation, since: datetime) -> dict[int, int]:
    killed = select(AgentEvent.device_id, func.count()).where(AgentEvent.organisation_id == school.id)
    killed = killed.where(AgentEvent.kind == "killed", AgentEvent.at > since)
    return dict(session.execute(killed.group_by(AgentEvent.device_id)).all())


def _heard_today(statuses: Sequence[AgentStatus], now: datetime) -> bool:
    """Where nothing is heard of anything, it is the box or its way out that is silent."""
    return any(now - each.at < timedelta(days=1) for each in statuses)


def _of(model: Any, school: Organisation) -> Any:
    return select(model).where(model.organisation_id == school.id)
