"""File a heartbeat: how the device is, who is signed in on it, and what happened to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from appliance.agents import events, sign_ins
from appliance.agents.heartbeat import Heartbeat
from appliance.envelope import CLOCKS_AGREE
from appliance.models import AgentStatus, Device, Person

HOLDS = timedelta(minutes=15)
"""Being on site: as long as a device may believe it."""
RUNNING = "running"
_STATES = {
    "started": RUNNING,
    "resumed": RUNNING,
    "killed": RUNNING,
    "paused": "paused",
    "stopped": "stopped",
    "removed": "removed",
}
"""What it is after something happened to it. One that was killed says so when it runs again."""


def take(
    session: Session, device: Device, said: Heartbeat, *, address: str, addresses: Sequence[str], now: datetime
) -> dict[str, Person | None]:
    """Each account that was named, and whose it is. ``device`` is a row of this session; ``addresses`` are those of
    its own that lie in the school's networks, none where it is off site."""
    status = session.get(AgentStatus, device.id, with_for_update=True)
    last = status.at if status else device.created_at
    off = _off(said, now)
    people = sign_ins.take(session, device, said.sign_ins, last, off, now)
    new = events.take(session, device, said.events, off, now)
    if status is None:
        status = AgentStatus(
            device_id=device.id, organisation_id=device.organisation_id, emptied_at=last, state=RUNNING
        )
        session.add(status)
    for event in new:
        status.state = _STATES.get(event.kind, status.state)
    if said.waiting == 0:
        status.emptied_at = now
    device.system, device.agent_version, device.last_seen_at = said.system, said.agent_version, now
    if status.site_since is None or status.on_site is not bool(addresses) or now - last > HOLDS:
        status.site_since = now
    status.at, status.address, status.addresses, status.on_site = now, address, list(addresses), bool(addresses)
    status.clock_off = (now - said.sent_at).total_seconds()
    _copy(status, said, off)
    session.flush()
    return people


def was_on_site(session: Session, device: Device, at: datetime) -> bool:
    """As the device itself had to see it: what is not known to be on site is off site."""
    status = session.get(AgentStatus, device.id)
    return status is not None and status.on_site and status.site_since - CLOCKS_AGREE <= at <= status.at + HOLDS


def _copy(status: AgentStatus, said: Heartbeat, off: timedelta) -> None:
    for name in _SAME:
        setattr(status, name, getattr(said, name))
    status.health = list(said.health)
    status.oldest_waiting = said.oldest_waiting and said.oldest_waiting + off
    status.last_detection_at = said.last_detection_at and said.last_detection_at + off


_SAME = (
    "engine_version",
    "library_version",
    "model_version",
    "policy_version",
    "waiting",
    "set_aside",
    "dropped",
)


def _off(said: Heartbeat, now: datetime) -> timedelta:
    """What is added to the device's times, as to those of a detection."""
    off = now - said.sent_at
    return off if abs(off) > CLOCKS_AGREE else timedelta(0)
