"""Let a second gateway enrol with a code, and take one out of use: each is an entry."""

import re
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from appliance import chronology, devices, health
from appliance.agents import certificates, codes
from appliance.devices import GATEWAY
from appliance.entry_kinds import EntryKind
from appliance.models import Device, Organisation

LONGEST = timedelta(hours=24)
"""Whoever has the code can report in the school's name, so it does not lie about."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_OWN = "gateway"
"""So the box calls its own."""


def new_code(session: Session, school: Organisation, name: str, lasts: timedelta, by: str, now: datetime) -> str:
    """Good once. ValueError where there is another device of that name, or it would last too long. A second gateway
    that is known already enrols again with it."""
    if not _NAME.fullmatch(name) or name == _OWN:
        raise ValueError("a second gateway is called by small letters, digits and hyphens, and not just “gateway”")
    if not timedelta(0) < lasts <= LONGEST:
        raise ValueError(f"a code for a gateway lasts at most {LONGEST // timedelta(hours=1)} hours")
    known = devices.in_use(session, school.id, name)
    if known is not None and not devices.is_second_gateway(known):
        raise ValueError(f"{school.slug} has a device called {name} already, of another kind; take another name")
    code = codes.make(
        session, school, device=name, uses=1, lasts=lasts, by=by.removeprefix("reviewer:"), now=now, kind=GATEWAY
    )
    text = f"A code was made with which {name} may enrol as a second gateway until {now + lasts:%Y-%m-%d %H:%M} UTC."
    chronology.add(session, school.id, at=now, actor=by, kind=EntryKind.GATEWAY_CODE, text=text)
    return code


def revoke(session: Session, device: Device, by: str, now: datetime) -> None:
    """At once: its next request is refused, and nothing it still has to say is taken."""
    certificates.revoke(session, device, now)
    health.forget(session, device.organisation_id, device.name)
    text = f"The gateway {device.name} was taken out of use."
    chronology.add(session, device.organisation_id, at=now, actor=by, kind=EntryKind.GATEWAY_REVOKED, text=text)
