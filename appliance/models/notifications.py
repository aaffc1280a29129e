"""What somebody is still to be told, or was."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class NotificationKind(StrEnum):
    INCIDENT = "incident"
    HEALTH = "health"


class NotificationChannel(StrEnum):
    BANNER = "banner"
    EMAIL = "email"


class NotificationState(StrEnum):
    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    DISMISSED = "dismissed"


class Notification(Base):
    """Somebody is to be told something, through one channel."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index("ix_notifications_due", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    key: Mapped[str] = mapped_column(comment="what it is about, to whom: the same is told once")
    kind: Mapped[NotificationKind]
    channel: Mapped[NotificationChannel]
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    recipient: Mapped[str] = mapped_column(default="", comment="mail address; empty for the banner")
    severity: Mapped[int] = mapped_column(default=0)
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(comment="never a name or a child's words")
    state: Mapped[NotificationState] = mapped_column(default=NotificationState.DUE)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="", comment="why it failed")
