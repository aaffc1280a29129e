"""Whom addresses stand for because somebody is signed in there: so the gateway knows too, while it lasts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from appliance.models import AgentSignIn, AgentStatus, Device, Person

SOURCE = "agent"
HEARD = timedelta(minutes=5)
"""A device that says nothing for so long is somewhere else, or off: its address may be another's by now."""
STEP = timedelta(minutes=5)
"""Times are told in such steps: sensors ask whether anything changed, and a heartbeat alone changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsFor:
    address: str
    person: Person
    since: datetime
    """When it was last confirmed."""


def of_school(session: Session, organisation_id: int, now: datetime) -> list[StandsFor]:
    """An address that a device came from is that device's, whoever else says to have it."""
    wanted = (
        select(AgentSignIn, AgentStatus)
        .join(AgentStatus, AgentStatus.device_id == AgentSignIn.device_id)
        .join(Device, Device.id == AgentSignIn.device_id)
        .where(AgentSignIn.organisation_id == organisation_id, AgentSignIn.until.is_(None))
        .where(AgentSignIn.person_id.is_not(None), Device.revoked_at.is_(None))
        .where(AgentStatus.on_site.is_(True), AgentStatus.at > now - HEARD)
        .order_by(AgentSignIn.id)
        .options(joinedload(AgentSignIn.person))
    )
    rows = [(sign_in, status) for sign_in, status in session.execute(wanted)]
    came_from = defaultdict[str, set[int]](set)
    for _, status in rows:
        came_from[status.address].add(status.device_id)
    return [each for sign_in, status in rows for each in _each(sign_in, status, came_from)]


def _each(sign_in: AgentSignIn, status: AgentStatus, came_from: dict[str, set[int]]) -> Iterator[StandsFor]:
    for address in status.addresses:
        owners = came_from.get(address)
        if sign_in.person is not None and (not owners or status.device_id in owners):
            since = max(sign_in.since, _step(status.at))
            yield StandsFor(address=address, person=sign_in.person, since=since)


def _step(at: datetime) -> datetime:
    return datetime.fromtimestamp(at.timestamp() // STEP.total_seconds() * STEP.total_seconds(), at.tzinfo)
