"""What the DSL works on: captures of one person and one kind of concern, and what became of them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base
from appliance.models.organisations import Organisation, Person

if TYPE_CHECKING:
    from appliance.models.captures import Capture


class Status(StrEnum):
    NEW = "new"
    IN_REVIEW = "in-review"
    CLOSED = "closed"
    FALSE_POSITIVE = "false-positive"


class Outcome(StrEnum):
    """Why an incident was closed. False positive is a status of its own."""

    SUPPORTED = "supported"
    SPOKEN_TO = "spoken-to"
    REFERRED = "referred"
    CASE_OPENED = "case-opened"
    NO_FURTHER_ACTION = "no-further-action"


class Incident(Base):
    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_queue", "organisation_id", "status", "severity", "opened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    subject_key: Mapped[str] = mapped_column(index=True, comment="person:REF, else device:NAME, else address:IP")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    subject_role: Mapped[str] = mapped_column(default="unknown", comment="staff if anybody it may be about is staff")
    category: Mapped[str]
    severity: Mapped[int] = mapped_column(comment="the detector's highest until a person grades it, 1 to 5")
    graded_at: Mapped[datetime | None] = mapped_column(comment="set once a person's judgement replaced the detector's")
    concern_role: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.NEW)
    opened_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    replayed: Mapped[bool] = mapped_column(
        default=False, comment="from a recording: nobody is told, nothing is chronicled, and it counts nowhere"
    )
    outcome: Mapped[Outcome | None]
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()
    captures: Mapped[list["Capture"]] = relationship(back_populates="incident", order_by="Capture.seen_at")
