"""Who may sign in to the console, who has, and who tried."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base
from appliance.models.organisations import Organisation


class ReviewerRole(StrEnum):
    DSL = "dsl"
    DEPUTY = "deputy"
    MODERATOR = "moderator"
    TRUST_OFFICER = "trust-officer"
    NETWORK_MANAGER = "network-manager"


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
    passkey_id: Mapped[int | None] = mapped_column(comment="which opened it; null: a password did")
    challenge_sha256: Mapped[str | None] = mapped_column(
        index=True, unique=True, comment="what the passkey answered, once"
    )

    reviewer: Mapped[Reviewer] = relationship()


class Passkey(Base):
    """The public half of a key that a reviewer's device keeps and opens only for them."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"), index=True)
    name: Mapped[str] = mapped_column(comment="as its owner calls it")
    credential_id: Mapped[str] = mapped_column(unique=True, comment="base64url, as the device names it")
    public_key: Mapped[str] = mapped_column(comment="COSE, base64url")
    user_handle: Mapped[str] = mapped_column(comment="base64url; by it a device knows the account, without a name")
    sign_count: Mapped[int] = mapped_column(BigInteger, comment="of the last answer; 0 where the device does not count")
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    reviewer: Mapped[Reviewer] = relationship()


class SignInAttempt(Base):
    """A failed attempt to sign in; enough of them slow the next one down."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), comment="null: no such login")
    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
