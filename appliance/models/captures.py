"""The record of one detection, and the pieces of evidence its picture is drawn from."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base
from appliance.models.incidents import Incident
from appliance.models.organisations import Person


class EvidenceState(StrEnum):
    NONE = "none"
    PENDING = "pending"
    ATTACHED = "attached"
    GIVEN_UP = "given-up"


class DrawState(StrEnum):
    WAITING = "waiting"
    """for its evidence"""
    DUE = "due"
    DRAWN = "drawn"
    FAILED = "failed"
    WITHHELD = "withheld"
    """on purpose: nothing of it is to be seen"""


class Capture(Base):
    """The stored record of one detection."""

    __tablename__ = "captures"
    __table_args__ = (
        Index("ix_captures_id", "organisation_id", "id"),
        Index("ix_captures_once", "organisation_id", "once", "seen_at"),
        Index("ix_captures_draw", "draw_state", "draw_next_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    reported_at: Mapped[datetime] = mapped_column(primary_key=True, comment="the sensor's own clock, unchanged")
    id: Mapped[str] = mapped_column(primary_key=True, comment="the observation's id: a resend changes nothing")
    content_sha256: Mapped[str] = mapped_column(comment="of the opened payload: the same id must say the same")
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    seen_at: Mapped[datetime] = mapped_column(comment="corrected for a wrong sensor clock")
    received_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(comment="hash of person, conversation and sentence")
    duplicate_of: Mapped[str | None] = mapped_column(comment="id of the capture that says the same; kept, not shown")
    channel: Mapped[str]
    direction: Mapped[str]
    app: Mapped[str]
    location: Mapped[str]
    conversation: Mapped[str]
    author: Mapped[str]
    lang: Mapped[str]
    text: Mapped[str]
    marks: Mapped[list[Any]]
    subject: Mapped[dict[str, Any]] = mapped_column(comment="as the sensor reported it")
    matches: Mapped[list[Any]] = mapped_column(
        comment="phrase id, text, gloss, category, severity, start, end, written"
    )
    opinion: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="the second one: category, probability, passage, effect, version; null where none was asked",
    )
    category: Mapped[str]
    severity: Mapped[int]
    score: Mapped[float]
    concern_role: Mapped[str]
    reasons: Mapped[list[Any]]
    before: Mapped[list[Any]] = mapped_column(comment="what the person wrote or saw in the minutes before")
    library_version: Mapped[str]
    model_version: Mapped[str]
    engine_version: Mapped[str]
    policy_version: Mapped[str]
    evidence_state: Mapped[EvidenceState]
    evidence_index: Mapped[str | None] = mapped_column(comment="vault name of the HAR")
    evidence_truncated: Mapped[bool] = mapped_column(default=False)
    evidence_note: Mapped[str] = mapped_column(default="", comment="why there is no evidence, in words")
    evidence_named_at: Mapped[datetime | None] = mapped_column(comment="when the bundle waited for now was named")
    draw_state: Mapped[DrawState]
    draw_tries: Mapped[int] = mapped_column(default=0)
    draw_next_at: Mapped[datetime]
    draw_note: Mapped[str] = mapped_column(default="", comment="why the picture shows text instead, in words")
    picture: Mapped[str | None] = mapped_column(comment="vault name of the PNG")
    off_site: Mapped[bool | None] = mapped_column(
        comment="whether the device was away from the school then; null where no agent saw it"
    )

    incident: Mapped[Incident] = relationship(back_populates="captures")
    person: Mapped[Person | None] = relationship()
    parts: Mapped[list["EvidencePart"]] = relationship(back_populates="capture")


class EvidencePart(Base):
    """One blob a capture's evidence is made of, and whether it has come."""

    __tablename__ = "evidence_parts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "capture_reported_at", "capture_id"],
            ["captures.organisation_id", "captures.reported_at", "captures.id"],
            name="fk_evidence_parts_capture",
        ),
        Index("ix_evidence_parts_name", "organisation_id", "name"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    capture_reported_at: Mapped[datetime] = mapped_column(primary_key=True)
    capture_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, comment="the blob's name on the wire")
    arrived_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(comment="of the body, as the detection says: its vault name")

    capture: Mapped[Capture] = relationship(back_populates="parts")
