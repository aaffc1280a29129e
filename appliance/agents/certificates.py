"""Which certificates stand for which device, or second gateway: issued, renewed, and worth nothing once revoked."""

from datetime import datetime

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from appliance.agents.authority import Authority, PublicKey, pem_of
from appliance.devices import AGENT, is_second_gateway
from appliance.models import AgentCertificate, Device


def issue(session: Session, authority: Authority, device: Device, key: PublicKey, now: datetime) -> str:
    """PEM, with the chain. Those it has stay good until they end."""
    made = authority.for_device(key, device.name, now)
    session.add(
        AgentCertificate(
            serial=_hexadecimal(made.serial_number),
            organisation_id=device.organisation_id,
            device_id=device.id,
            issued_at=now,
            ends_at=made.not_valid_after_utc,
        )
    )
    session.flush()
    return pem_of(made) + authority.pem


def device_of(session: Session, shown: bytes, now: datetime) -> Device | None:
    """Whose certificate this is (DER, already found to be the authority's); None unless both stand."""
    serial = _hexadecimal(x509.load_der_x509_certificate(shown).serial_number)
    row = session.get(AgentCertificate, serial, options=[joinedload(AgentCertificate.device)])
    if row is None or row.revoked_at is not None or now >= row.ends_at:
        return None
    stands = row.device.kind == AGENT or is_second_gateway(row.device)
    return row.device if stands and row.device.revoked_at is None else None


def latest(session: Session, device: Device) -> AgentCertificate | None:
    wanted = select(AgentCertificate).where(AgentCertificate.device_id == device.id)
    return session.scalar(wanted.order_by(AgentCertificate.ends_at.desc()))


def is_due(certificate: AgentCertificate, now: datetime) -> bool:
    """Whether a third of its life, or less, is left."""
    return certificate.ends_at - now <= (certificate.ends_at - certificate.issued_at) / 3


def revoke(session: Session, device: Device, now: datetime) -> None:
    """All of them, with the device: it can never speak again, and enrols anew to be another."""
    device.revoked_at = now
    revoke_issued(session, device, now)


def revoke_issued(session: Session, device: Device, now: datetime) -> None:
    """All of them, and not the device: it needs a new one to speak."""
    wanted = select(AgentCertificate).where(AgentCertificate.device_id == device.id)
    for each in session.scalars(wanted.where(AgentCertificate.revoked_at.is_(None))):
        each.revoked_at = now


def _hexadecimal(serial: int) -> str:
    return f"{serial:x}"
