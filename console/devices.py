"""Devices with the agent: expected against heard of, and what is wrong with any, in words. Never whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from appliance.agents import fleet, policies
from appliance.agents.fleet import Fleet, Standing
from appliance.devices import AGENT
from appliance.models import AgentEvent, AgentPolicy, Device, Organisation, OrganisationKind
from appliance.permissions import visible_to
from console import access
from console.db import session
from console.times import span

bp = Blueprint("devices", __name__, url_prefix="/devices")

DAY = timedelta(days=1)
MOST = 50
HAPPENED = {
    "stopped": "An administrator stopped the agent",
    "killed": "The agent was killed",
    "paused": "The agent paused, as its policy says",
    "resumed": "The agent watched again",
    "clock": "The clock jumped",
    "dropped": "Something was dropped for want of room",
    "removed": "The agent was removed",
}
"""What is worth a line; that it started is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    state: str
    heard_at: datetime | None
    version: str
    system: str
    assigned: bool
    certificate_ends: datetime | None
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    device: str
    at: datetime
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    name: str
    zone: str
    summary: str
    well: bool
    wrong: tuple[Row, ...]
    right: tuple[Row, ...]
    policy: AgentPolicy | None
    events: tuple[Event, ...]


@bp.get("")
def show() -> ResponseReturnValue:
    reviewer, now = access.reviewer(), access.now()
    wanted = visible_to(reviewer, select(Organisation), Organisation)
    schools = session().scalars(wanted.where(Organisation.kind == OrganisationKind.SCHOOL).order_by(Organisation.name))
    return render_template("devices/show.html", schools=[_school(each, now) for each in schools])


def count(devices: Sequence[Device]) -> int:
    """Those in use that have the agent."""
    return sum(each.kind == AGENT and each.revoked_at is None for each in devices)


def _school(school: Organisation, now: datetime) -> School:
    found = fleet.of_school(session(), school, now)
    rows = [_row(each) for each in found.standings]
    return School(
        name=school.name,
        zone=school.time_zone,
        summary=summary(found, now),
        well=not any(row.troubles for row in rows),
        wrong=tuple(row for row in rows if row.troubles),
        right=tuple(row for row in rows if not row.troubles),
        policy=policies.latest(session(), school),
        events=tuple(_events(school)),
    )


def summary(found: Fleet, now: datetime) -> str:
    """“3 of 4 devices were heard of within a day. 1 needs a look.”"""
    if not found.standings:
        return ""
    heard = found.heard_since(now - DAY)
    some = f"{heard} of {found.expected}" if heard < found.expected else f"All {heard}" if heard > 1 else "The one"
    device = "device" if found.expected == 1 else "devices"
    was = "was" if found.expected == 1 else "were"
    wrong = sum(bool(each.troubles) for each in found.standings)
    need = "Nothing is wrong with any." if not wrong else f"{wrong} need{'s' if wrong == 1 else ''} a look."
    return f"{some} {device} with the agent {was} heard of within a day. {need}"


def _row(standing: Standing) -> Row:
    device = standing.device
    return Row(
        name=device.name,
        state=standing.state,
        heard_at=standing.status.at if standing.status else None,
        version=device.agent_version,
        system=device.system,
        assigned=device.person_id is not None,
        certificate_ends=standing.certificate_ends,
        troubles=standing.troubles,
    )


def _events(school: Organisation) -> list[Event]:
    wanted = select(AgentEvent, Device.name).join(Device, Device.id == AgentEvent.device_id)
    wanted = wanted.where(AgentEvent.organisation_id == school.id, AgentEvent.kind.in_(HAPPENED))
    rows = session().execute(wanted.order_by(AgentEvent.at.desc()).limit(MOST))
    return [Event(device=name, at=event.at, said=_said(event)) for event, name in rows]


def _said(event: AgentEvent) -> str:
    said = HAPPENED[event.kind]
    if event.kind == "killed" and event.until:
        return f"{said}; it did not run for {span(event.until - event.at)}."
    return f"{said}."
