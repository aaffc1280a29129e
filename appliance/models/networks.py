"""What was agreed of a box's networks, who took it back, and when one was paused."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class NetworkStep(StrEnum):
    """What was done about a network; the latest row of a network says how it stands."""

    AGREED = "agreed"
    """All that must be known before pupils are read is written down."""
    SIGNED = "signed"
    """A person answers for reading the devices of others, by name."""
    WITHDRAWN = "withdrawn"


class NetworkAct(Base):
    """One step of one network. ``signed`` carries on the facts that were agreed."""

    __tablename__ = "network_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    network: Mapped[str] = mapped_column(comment="its name in box.toml")
    step: Mapped[NetworkStep]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(comment="login")
    why: Mapped[str] = mapped_column(default="")
    notice_url: Mapped[str] = mapped_column(default="", comment="what pupils and parents can read about it")
    notice_published: Mapped[date | None]
    dpia: Mapped[str] = mapped_column(default="", comment="reference of the data protection impact assessment")
    retention_days: Mapped[int] = mapped_column(default=0)
    contacts: Mapped[list[Any]] = mapped_column(default=list, comment="name and mail of each")


class NetworkPause(Base):
    """A network that is not read for a while. It ends by itself."""

    __tablename__ = "network_pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    network: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime]
    by: Mapped[str] = mapped_column(comment="login")
    why: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(index=True, comment="null while it lasts")
    ended_by: Mapped[str] = mapped_column(default="", comment="login, or worker where its time was over")
