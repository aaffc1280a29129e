"""Trusts and schools, who belongs to them, and the sensors that report to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base


class OrganisationKind(StrEnum):
    TRUST = "trust"
    SCHOOL = "school"


class Organisation(Base):
    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(default=OrganisationKind.SCHOOL)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True, comment="the trust")
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    chain_length: Mapped[int] = mapped_column(default=0, comment="entries so far: a chain cut short shows")
    chain_head: Mapped[str] = mapped_column(default="", comment="hash of the newest entry")


class Person(Base):
    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("organisation_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    ref: Mapped[str] = mapped_column(comment="what sensors know the person by; says nothing by itself")
    name: Mapped[str]
    role: Mapped[str] = mapped_column(comment="pupil or staff")
    year: Mapped[str] = mapped_column(default="")
    age_band: Mapped[str] = mapped_column(default="unknown")
    account: Mapped[str] = mapped_column(
        default="", index=True, comment="what they sign in to devices as, in small letters; empty where unknown"
    )


class Binding(Base):
    """An address or device and the person behind it, with its source and time."""

    __tablename__ = "bindings"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str | None] = mapped_column(index=True)
    device: Mapped[str | None] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(comment="address-list, agent, radius …")
    since: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Device(Base):
    """A sensor that may post. Its token is known only by hash; agents and second gateways have certificates instead."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="gateway, agent or replay")
    token_sha256: Mapped[str | None] = mapped_column(unique=True, comment="null for an agent")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="whom an agent's device is assigned to: it speaks for nobody else"
    )
    system: Mapped[str] = mapped_column(default="", comment="of an agent's device, as it says")
    agent_version: Mapped[str] = mapped_column(default="")

    person: Mapped[Person | None] = relationship()
