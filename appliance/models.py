"""The tables. No behaviour beyond what one row can say about itself.

Times are stored as UTC. Every row carries the organisation it belongs to.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes on every database: SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _written(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    metadata = MetaData(
        # Named, so that a later migration can speak of them on every database.
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        # Stored as plain text, by value: a new value needs no change of a database type.
        StrEnum: Enum(StrEnum, native_enum=False, values_callable=_written, length=40),
    }


class OrganisationKind(StrEnum):
    TRUST = "trust"
    SCHOOL = "school"


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


class ReviewerRole(StrEnum):
    DSL = "dsl"
    DEPUTY = "deputy"
    MODERATOR = "moderator"
    TRUST_OFFICER = "trust-officer"
    NETWORK_MANAGER = "network-manager"


class LibraryAct(StrEnum):
    """What a change does to the phrase library."""

    ADD = "add"
    IGNORE = "ignore"
    REGRADE = "regrade"


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
    """A sensor that may post. Its token is known only by hash."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="gateway, agent or replay")
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]


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
    outcome: Mapped[Outcome | None]
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()
    captures: Mapped[list["Capture"]] = relationship(back_populates="incident", order_by="Capture.seen_at")


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


class Entry(Base):
    """One link of an organisation's chain. Only ever added."""

    __tablename__ = "entries"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(comment="reviewer:LOGIN, detector, worker, system")
    kind: Mapped[str]
    incident_id: Mapped[int | None] = mapped_column(index=True)
    capture_id: Mapped[str | None] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    vouched_sha256: Mapped[str] = mapped_column(default="", comment="of the capture as it was filed, where one was")
    text_sha256: Mapped[str] = mapped_column(comment="over salt and text; both can be erased, this stays")
    previous: Mapped[str] = mapped_column(comment="hash of the link before, empty for the first")
    hash: Mapped[str] = mapped_column(comment="SHA-256 over everything above")

    text: Mapped["EntryText | None"] = relationship(
        primaryjoin="and_(Entry.organisation_id == foreign(EntryText.organisation_id), "
        "Entry.sequence == foreign(EntryText.sequence))",
        viewonly=True,
        uselist=False,
    )


class EntryText(Base):
    """What an entry says. Erasing this row leaves the chain whole."""

    __tablename__ = "entry_texts"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[str]
    text: Mapped[str]


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


class Reviewer(Base):
    __tablename__ = "reviewers"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    role: Mapped[ReviewerRole]
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()


class SignIn(Base):
    """One signed-in browser. The cookie holds the token, the row its hash."""

    __tablename__ = "sign_ins"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"), index=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    reviewer: Mapped[Reviewer] = relationship()


class SignInAttempt(Base):
    """A failed attempt to sign in; enough of them slow the next one down."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), comment="null: no such login")
    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


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
