"""What schools change about the phrase library, and what their sensors then get."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base


class LibraryAct(StrEnum):
    """What a change does to the phrase library."""

    ADD = "add"
    IGNORE = "ignore"
    REGRADE = "regrade"


class LibraryChange(Base):
    """What a trust or a school changed about the phrase library. Withdrawn, never deleted.

    One with a second person waits until that person agrees, and so does its withdrawal.
    """

    __tablename__ = "library_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[LibraryAct]
    payload: Mapped[dict[str, Any]] = mapped_column(comment="the phrase added; or an id, and its new severity")
    by: Mapped[str]
    second: Mapped[str] = mapped_column(default="", comment="another person who agreed")
    why: Mapped[str]
    group: Mapped[str] = mapped_column(default="", comment="whom it is for: a year or staff; everybody where empty")
    at: Mapped[datetime]
    agreed_at: Mapped[datetime | None] = mapped_column(comment="null while it waits for the second")
    expires: Mapped[date | None] = mapped_column(comment="the last day on which it counts")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(default="")
    withdrawal_second: Mapped[str] = mapped_column(default="", comment="who is to agree before it is withdrawn, or did")
    withdrawal_why: Mapped[str] = mapped_column(default="")

    @property
    def waits_for(self) -> str:
        """Who is to agree to it, or to its withdrawal; empty where nobody is."""
        if self.withdrawn_at is not None:
            return ""
        return self.second if self.agreed_at is None else self.withdrawal_second


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

    libraries: Mapped[list["ReleasedLibrary"]] = relationship(order_by="ReleasedLibrary.group")


class ReleasedLibrary(Base):
    """One of the libraries a release holds: the school's, or that of a group."""

    __tablename__ = "released_libraries"
    __table_args__ = (Index("ix_released_libraries_version", "organisation_id", "version"),)

    release_id: Mapped[int] = mapped_column(ForeignKey("library_releases.id"), primary_key=True)
    group: Mapped[str] = mapped_column(primary_key=True, comment="empty for the school's own")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    version: Mapped[str] = mapped_column(comment="what detections name")
