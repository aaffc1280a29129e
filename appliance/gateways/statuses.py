"""File what second gateways say of themselves, and tell it to who watches over them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.agents import certificates
from appliance.gateways.heartbeat import Heartbeat
from appliance.models import Device, GatewayStatus
from detection.json_object import WireError, parse_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    organisation_id: int
    name: str
    status: dict[str, Any]
    """Empty where it has not said anything yet."""
    ends_at: datetime | None
    """When its certificate does; None where it has none."""


def expect(session: Session, device: Device) -> None:
    """From its enrolment on: one that never says anything is silent, not unknown."""
    if session.get(GatewayStatus, device.id) is None:
        session.add(GatewayStatus(device_id=device.id, organisation_id=device.organisation_id, status={}, networks=[]))
        session.flush()


def take(session: Session, device: Device, said: Heartbeat, now: datetime) -> None:
    """Where it says nothing of its gateway, what it said last stays, and grows old."""
    expect(session, device)
    row = session.get_one(GatewayStatus, device.id)
    row.at = now
    row.networks = [{"name": each.name, "kind": each.kind} for each in said.networks]
    if said.status is not None:
        row.status = _by_our_clock(said.status, said.sent_at, now)


def reported(session: Session) -> list[Reported]:
    """Of all that are in use."""
    wanted = select(GatewayStatus, Device).join(Device, Device.id == GatewayStatus.device_id)
    rows = session.execute(wanted.where(Device.revoked_at.is_(None)).order_by(Device.id))
    return [_reported(session, row, device) for row, device in rows]


def _reported(session: Session, row: GatewayStatus, device: Device) -> Reported:
    certificate = certificates.latest(session, device)
    return Reported(
        organisation_id=row.organisation_id,
        name=device.name,
        status=row.status,
        ends_at=certificate.ends_at if certificate else None,
    )


def _by_our_clock(status: dict[str, Any], sent_at: datetime, now: datetime) -> dict[str, Any]:
    """How old it is, is known; what its clock says matters to nobody."""
    try:
        at = parse_time(str(status["at"]), "at")
    except (KeyError, WireError):
        return status
    return status | {"at": (now - (sent_at - at)).isoformat()}
