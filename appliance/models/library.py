"""What schools change about the phrase library, and what their sensors then get."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class LibraryAct(StrEnum):
    """What a change does to the phrase library."""

    ADD = "add"
    IGNORE = "ignore"
    REGRADE = "regrade"


class LibraryChange(Base):
    """What a trust or a school changed about the phrase library. Withdrawn, never deleted."""

    __tablename__ = "library_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[LibraryAct]
    payload: Mapped[dict[str, Any]] = mapped_column(comment="the phrase added; or an id, and its new severity")
    by: Mapped[str]
    second: Mapped[str] = mapped_column(default="", comment="another person who agreed")
    why: Mapped[str]
    at: Mapped[datetime]
    expires: Mapped[date | None] = mapped_column(comment="the last day on which it counts")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(default="")


class LibraryRelease(Base):
    """A library as sensors of a school get it. Never deleted: detections name the one they were made with."""

    __tablename__ = "library_releases"
    __table_args__ = (
        UniqueConstraint("organisation_id", "serial"),
        Index("ix_library_releases_version", "organisation_id", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    version: Mapped[str] = mapped_column(comment="hash of the content")
    serial: Mapped[int]
    bundle: Mapped[bytes] = mapped_column(deferred=True, comment="signed, as sensors get it")
    built_at: Mapped[datetime]
    built_by: Mapped[str]
    note: Mapped[str]
    rollback: Mapped[bool] = mapped_column(default=False, comment="stays until a person releases again")
    shipped_version: Mapped[str] = mapped_column(comment="of the library it was built on")
    layers_at: Mapped[datetime] = mapped_column(comment="changes made until then are in it")
    signed_by: Mapped[str] = mapped_column(comment="the key's public half, hexadecimal")
