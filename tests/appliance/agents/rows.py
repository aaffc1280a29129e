"""Rows of devices with an agent, with plain defaults."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from appliance.models import AgentSignIn, AgentStatus, Device, Person
from tests.appliance.factories import NOON


def status(session: Session, device: Device, at: datetime = NOON, **fields: Any) -> AgentStatus:
    """What it said last, if that was that all is well."""
    plain: dict[str, Any] = {
        "device_id": device.id,
        "organisation_id": device.organisation_id,
        "at": at,
        "emptied_at": at,
        "clock_off": 0.0,
        "address": "10.1.2.3",
        "addresses": ["10.1.2.3"],
        "on_site": True,
        "site_since": at,
        "engine_version": "e1",
        "library_version": "l1",
        "model_version": "",
        "policy_version": "",
        "waiting": 0,
        "set_aside": 0,
        "dropped": 0,
        "health": [],
        "state": "running",
    }
    made = AgentStatus(**plain | fields)
    session.add(made)
    session.flush()
    return made


def signed_in(
    session: Session,
    device: Device,
    person: Person | None,
    since: datetime = NOON,
    *,
    addresses: list[str] | None = None,
    account: str = "a",
    **fields: Any,
) -> AgentSignIn:
    """With ``addresses`` a status that says it is on site with these, the first it came from."""
    if addresses is not None:
        status(session, device, since, address=addresses[0], addresses=addresses)
    plain: dict[str, Any] = {
        "organisation_id": device.organisation_id,
        "device_id": device.id,
        "said_id": f"{device.id}-{account}",
        "account": account,
        "local": False,
        "person_id": person and person.id,
        "since": since,
        "until": None,
    }
    made = AgentSignIn(**plain | fields)
    session.add(made)
    session.flush()
    return made
