"""Who is signed in: each browser is a row, and its cookie holds the row's token."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from appliance.models import Reviewer, SignIn

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
USED_EVERY = timedelta(minutes=1)


def start(
    session: Session, reviewer: Reviewer, now: datetime, *, passkey_id: int | None = None, challenge: str | None = None
) -> str:
    """A token for the cookie of whoever was proved to be it. ``challenge``: the hash of what the passkey answered."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_sha256=token_hash(token),
            organisation_id=reviewer.organisation_id,
            reviewer_id=reviewer.id,
            created_at=now,
            last_used_at=now,
            passkey_id=passkey_id,
            challenge_sha256=challenge,
        )
    )
    session.flush()
    return token


def sign_in_of(session: Session, token: str, now: datetime) -> SignIn | None:
    """That of a browser, unless left alone for an hour or opened twelve hours ago. Notes that it was used."""
    found = session.get(SignIn, token_hash(token)) if token else None
    if found is None or found.ended_at is not None or found.reviewer.disabled_at is not None:
        return None
    # A clock that was set back makes no sign-in last for ever.
    if now - found.last_used_at >= IDLE or abs(now - found.created_at) >= ABSOLUTE:
        found.ended_at = now
        return None
    if now - found.last_used_at >= USED_EVERY:
        found.last_used_at = now
    return found


def sign_out(session: Session, token: str, now: datetime) -> None:
    """Safe to repeat, and with a token nobody has."""
    found = session.get(SignIn, token_hash(token))
    if found is not None and found.ended_at is None:
        found.ended_at = now


def end_all(session: Session, reviewer: Reviewer, now: datetime, *, but: str = "") -> None:
    """Of one reviewer. ``but``: the token of the browser that stays signed in."""
    open_ones = (SignIn.reviewer_id == reviewer.id, SignIn.ended_at.is_(None), SignIn.token_sha256 != token_hash(but))
    session.execute(update(SignIn).where(*open_ones).values(ended_at=now))


def token_hash(token: str) -> str:
    """What a row keeps of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
