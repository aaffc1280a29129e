"""Sensors that may post: each has a token for one school, known here by its hash alone; agents have certificates."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Device, Organisation
from detection.observation import Mark
from detection.wire import WireError

REPLAY = "replay"
AGENT = "agent"
"""Has certificates and no token: appliance/agents."""
GATEWAY = "gateway"
"""A second one, which reports from another box, has certificates and no token too: appliance/gateways."""
KINDS = (GATEWAY, REPLAY)
SEEN_EVERY = timedelta(minutes=1)


def add(session: Session, school: Organisation, name: str, kind: str, now: datetime) -> tuple[Device, str]:
    """The device and its token, which is not kept. ValueError where the school has one of that name."""
    if kind not in KINDS:
        raise ValueError(f"{kind}: a device is one of {', '.join(KINDS)}")
    if not name.strip():
        raise ValueError("a device needs a name")
    if in_use(session, school.id, name) is not None:
        raise ValueError(f"{school.slug} has a device called {name} already; revoke it first")
    token = secrets.token_urlsafe(32)
    device = Device(organisation_id=school.id, name=name, kind=kind, token_sha256=_hash(token), created_at=now)
    session.add(device)
    session.flush()
    return device, token


def revoke(session: Session, school: Organisation, name: str, now: datetime) -> Device:
    """From now on its token opens nothing."""
    device = in_use(session, school.id, name)
    if device is None:
        raise ValueError(f"{school.slug} has no device called {name}")
    device.revoked_at = now
    return device


def of_token(session: Session, token: str) -> Device | None:
    known = select(Device).where(Device.token_sha256 == _hash(token), Device.revoked_at.is_(None))
    return session.scalar(known.where(Device.kind != AGENT))


def must_be_its_own(device: Device, marks: frozenset[Mark]) -> None:
    """WireError where a recording comes from another device than one for recordings, or live traffic from such a one.

    A school that has added no device of kind replay takes no recordings: nobody can slip one in as what happened.
    """
    if (Mark.REPLAY in marks) == (device.kind == REPLAY):
        return
    if device.kind == REPLAY:
        raise WireError("observation.marks: a device of kind replay sends only what is marked as replay")
    raise WireError("observation.marks: what is marked as replay is taken only from a device of kind replay")


def is_silent(device: Device, now: datetime) -> bool:
    """Whether it is time to note again that the device was heard of."""
    return device.last_seen_at is None or abs(now - device.last_seen_at) >= SEEN_EVERY


def is_second_gateway(device: Device) -> bool:
    """Or else it is the box's own, which has a token."""
    return device.kind == GATEWAY and device.token_sha256 is None


def in_use(session: Session, organisation_id: int, name: str) -> Device | None:
    """The one of that name which was not revoked."""
    named = select(Device).where(Device.organisation_id == organisation_id, Device.name == name)
    return session.scalar(named.where(Device.revoked_at.is_(None)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
