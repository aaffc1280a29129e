"""Who shows a code becomes a device, or a second gateway, of the school, with its first certificate."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from appliance import chronology, devices
from appliance.agents import certificates, codes
from appliance.agents.authority import Authority, asked_key, asked_name
from appliance.devices import AGENT, GATEWAY
from appliance.entry_kinds import EntryKind
from appliance.gateways import statuses
from appliance.models import AgentCode, Device, Organisation
from detection.json_object import WireError, read_object

_UNNAMED = "device"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME = 64
"""Of a common name in a certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    code: str
    csr: str
    system: str
    agent_version: str
    kind: str = AGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    device: Device
    school: Organisation
    certificate: str
    """PEM, with the chain."""


def read(body: bytes) -> Asked:
    """WireError on what is no request, or on one for a key that is not taken."""
    fields = read_object(body)
    if fields.whole("version") != 1:
        raise WireError("version: only 1 is known")
    kind = fields.later_text("kind") or AGENT
    if kind not in (AGENT, GATEWAY):
        raise WireError("kind: unknown value")
    system, version = (fields.text(name)[:200] for name in ("system", "agent_version"))
    return Asked(
        code=fields.text("code"), csr=checked(fields.text("csr")), system=system, agent_version=version, kind=kind
    )


def checked(csr: str) -> str:
    try:
        asked_key(csr)
    except ValueError as e:
        raise WireError(str(e)) from None
    return csr


def enrol(session: Session, authority: Authority, asked: Asked, now: datetime) -> Enrolled | None:
    """None where the code opens nothing."""
    code = codes.take(session, asked.code, now, asked.kind)
    if code is None:
        return None
    school = chronology.lock(session, code.organisation_id)
    device = _known(session, code)
    done = "enrolled again" if device else "enrolled"
    if device:
        certificates.revoke_issued(session, device, now)
    else:
        device = _new(session, code, asked, now)
    device.system, device.agent_version = asked.system, asked.agent_version
    certificate = certificates.issue(session, authority, device, asked_key(asked.csr), now)
    chronology.add(
        session,
        school.id,
        at=now,
        actor="system",
        kind=EntryKind.GATEWAY_ENROLLED if device.kind == GATEWAY else EntryKind.AGENT_ENROLLED,
        text=f"{device.name} was {done} with a code that {code.made_by} made.",
        person_id=device.person_id,
    )
    return Enrolled(device=device, school=school, certificate=certificate)


def _known(session: Session, code: AgentCode) -> Device | None:
    """The device that stays what it is, with a new certificate: a code that was made for one that was there already.
    What waits on it, it may still say, for it is known who was signed in there."""
    found = devices.in_use(session, code.organisation_id, code.device) if code.device else None
    stands = found is not None and found.kind == code.kind and found.token_sha256 is None
    return found if found and stands and found.created_at < code.made_at else None


def _new(session: Session, code: AgentCode, asked: Asked, now: datetime) -> Device:
    device = Device(
        organisation_id=code.organisation_id,
        name=_name(session, code, asked.csr),
        kind=code.kind,
        token_sha256=None,
        created_at=now,
        person_id=code.person_id,
    )
    session.add(device)
    session.flush()
    if device.kind == GATEWAY:
        statuses.expect(session, device)
    return device


def _name(session: Session, code: AgentCode, csr: str) -> str:
    """The code's, or what the device calls itself where the code is for many; with a number where one has it."""
    wished = code.device or _NOT_IN_NAMES.sub("-", asked_name(csr)).strip("-.")[: LONGEST_NAME - 6] or _UNNAMED
    name, number = wished, 1
    while devices.in_use(session, code.organisation_id, name) is not None:
        number += 1
        name = f"{wished}-{number}"
    return name
