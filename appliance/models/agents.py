"""Devices with an agent: how they came to speak for the school, who is signed in on them, and how they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base
from appliance.models.organisations import Device, Person


class AgentCode(Base):
    """What a device enrols with: once, or as often as it was made for. Known only by hash."""

    __tablename__ = "agent_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="agent", comment="of the device it makes: agent or gateway")
    device: Mapped[str] = mapped_column(comment="name of the one device; empty where it is for many")
    uses: Mapped[int] = mapped_column(comment="for so many devices")
    used: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), comment="whom the device is assigned to")
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ends_at: Mapped[datetime]


class AgentCertificate(Base):
    """One certificate a device, or a second gateway, speaks with. Who renewed has several."""

    __tablename__ = "agent_certificates"

    serial: Mapped[str] = mapped_column(primary_key=True, comment="hexadecimal")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    issued_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    device: Mapped[Device] = relationship()


class AgentSignIn(Base):
    """Somebody was, or is, signed in on a device, as the device said."""

    __tablename__ = "agent_sign_ins"
    __table_args__ = (
        UniqueConstraint("device_id", "said_id"),
        Index("ix_agent_sign_ins_person", "device_id", "person_id", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    said_id: Mapped[str] = mapped_column(comment="as the device calls it")
    account: Mapped[str]
    local: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), comment="null: may not be spoken for")
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(index=True, comment="null while it lasts")

    person: Mapped[Person | None] = relationship()


class AgentStatus(Base):
    """What a device's last heartbeat said, and what is kept of those before."""

    __tablename__ = "agent_statuses"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    at: Mapped[datetime] = mapped_column(comment="when it came, by our clock")
    emptied_at: Mapped[datetime] = mapped_column(comment="when it last said that nothing waits in its outbox")
    clock_off: Mapped[float] = mapped_column(comment="seconds our clock is ahead of its")
    address: Mapped[str] = mapped_column(comment="it came from")
    addresses: Mapped[list[Any]] = mapped_column(
        comment="of its own in the school's networks: they stand for who is signed in"
    )
    on_site: Mapped[bool]
    site_since: Mapped[datetime] = mapped_column(comment="it has been there, heard of without a break")
    engine_version: Mapped[str]
    library_version: Mapped[str]
    model_version: Mapped[str]
    policy_version: Mapped[str]
    waiting: Mapped[int]
    set_aside: Mapped[int]
    dropped: Mapped[int]
    oldest_waiting: Mapped[datetime | None]
    last_detection_at: Mapped[datetime | None]
    health: Mapped[list[Any]] = mapped_column(comment="sentences without content; empty is well")
    state: Mapped[str] = mapped_column(comment="running, paused, stopped or removed, as it said last")


class AgentEvent(Base):
    """Something a device said happened to its agent: each is an entry, once."""

    __tablename__ = "agent_events"
    __table_args__ = (Index("ix_agent_events_at", "device_id", "at"),)

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    said_id: Mapped[str] = mapped_column(primary_key=True, comment="as the device calls it")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime | None]


class AgentPolicy(Base):
    """What a school's agents watch. The latest counts; none is deleted."""

    __tablename__ = "agent_policies"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    version: Mapped[str] = mapped_column(comment="hash of the rest, as agents name it")
    policy: Mapped[dict[str, Any]]
    set_at: Mapped[datetime]
    set_by: Mapped[str]
    why: Mapped[str]
