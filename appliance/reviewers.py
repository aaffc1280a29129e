"""Reviewers: who they are, and signing in and out. A signed-in browser is a row; its cookie holds the row's token."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from appliance import passwords
from appliance.models import Organisation, OrganisationKind, Reviewer, ReviewerRole, SignIn, SignInAttempt

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
USED_EVERY = timedelta(minutes=1)
ATTEMPTS = 5
ATTEMPTS_WITHIN = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=30)

hashed = passwords.hashed


class TooManyAttempts(Exception):
    """Wait ``seconds`` before the next try; this one was not even looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many attempts; wait {seconds:.0f} seconds")
        self.seconds = seconds


def add(
    session: Session,
    school: Organisation,
    *,
    login: str,
    name: str,
    role: ReviewerRole,
    email: str,
    password: str,
    now: datetime,
    must_change: bool = False,
) -> Reviewer:
    """ValueError, in words for whoever adds them, where it cannot be."""
    login = login.strip().lower()
    if not login or not login.isprintable() or " " in login:
        raise ValueError("a login is one word")
    if session.scalar(select(Reviewer.id).where(Reviewer.login == login)) is not None:
        raise ValueError(f"there is a reviewer {login} already")
    if role is ReviewerRole.TRUST_OFFICER and school.kind is not OrganisationKind.TRUST:
        raise ValueError(f"{school.slug} is a school; a trust officer belongs to a trust")
    if email and "@" not in email:
        raise ValueError(f"{email}: is no e-mail address")
    passwords.check(password, login)
    reviewer = Reviewer(
        organisation_id=school.id,
        login=login,
        name=name,
        email=email,
        role=role,
        password_hash=passwords.hashed(password),
        must_change_password=must_change,
        created_at=now,
    )
    session.add(reviewer)
    session.flush()
    return reviewer


def of_login(session: Session, login: str) -> Reviewer | None:
    return session.scalar(select(Reviewer).where(Reviewer.login == login.strip().lower()))


def get(session: Session, login: str) -> Reviewer:
    """ValueError, in words for whoever typed it, where there is none."""
    found = of_login(session, login)
    if found is None:
        raise ValueError(f"there is no reviewer {login}")
    return found


def disable(session: Session, reviewer: Reviewer, now: datetime) -> None:
    """They are signed out everywhere and cannot sign in again; what they did stays theirs."""
    reviewer.disabled_at = now
    _end_all(session, reviewer, now)


def check_password(reviewer: Reviewer | None, password: str) -> bool:
    stored = reviewer.password_hash if reviewer and reviewer.disabled_at is None else None
    return passwords.matches(stored, password)


def change_password(
    session: Session, reviewer: Reviewer, current: str, new: str, now: datetime, *, keep: str | None = None
) -> None:
    """ValueError, in words for the reviewer. ``keep``: this browser's token; with it, all others are signed out."""
    if not check_password(reviewer, current):
        raise ValueError("The current password is not right.")
    if new == current:
        raise ValueError("The new password is the current one.")
    set_password(reviewer, new)
    if keep is not None:
        _end_all(session, reviewer, now, but=_hash(keep))


def reset_password(session: Session, reviewer: Reviewer, new: str, now: datetime) -> None:
    """By whoever runs the system: the old one's sign-ins end, and the new one must be changed at the next."""
    set_password(reviewer, new)
    reviewer.must_change_password = True
    _end_all(session, reviewer, now)


def set_password(reviewer: Reviewer, new: str) -> None:
    passwords.check(new, reviewer.login)
    reviewer.password_hash, reviewer.must_change_password = passwords.hashed(new), False


def sign_in(session: Session, login: str, password: str, address: str, now: datetime) -> str | None:
    """A token for the cookie, or None. Commit either way: a failed attempt is a row too. May raise TooManyAttempts."""
    reviewer = prove(session, login, password, address, now)
    return start(session, reviewer, now) if reviewer else None


def prove(session: Session, login: str, password: str, address: str, now: datetime) -> Reviewer | None:
    """Who it is, if it is them. Commit either way: a failed attempt is a row too. May raise TooManyAttempts."""
    login = login.strip().lower()
    reviewer = of_login(session, login)
    # Somebody may have typed a password there: what is nobody's login is not kept in the clear.
    tried_as = login if reviewer else f"unknown:{_hash(login)[:16]}"
    _must_not_wait(session, tried_as, address, now)
    if not check_password(reviewer, password) or reviewer is None:
        session.add(_failure(reviewer, tried_as, address, now))
        session.flush()
        return None
    if passwords.is_outdated(reviewer.password_hash):
        reviewer.password_hash = passwords.hashed(password)
    session.execute(delete(SignInAttempt).where(SignInAttempt.login == tried_as, SignInAttempt.address == address))
    return reviewer


def start(
    session: Session, reviewer: Reviewer, now: datetime, *, passkey_id: int | None = None, challenge: str | None = None
) -> str:
    """A token for the cookie of whoever was proved to be it. ``challenge``: the hash of what the passkey answered."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_sha256=_hash(token),
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


def reviewer_of(session: Session, token: str, now: datetime) -> Reviewer | None:
    """Whose browser it is, unless left alone for an hour or signed in twelve hours ago. Notes that it was used."""
    found = sign_in_of(session, token, now)
    return found.reviewer if found else None


def sign_in_of(session: Session, token: str, now: datetime) -> SignIn | None:
    """The same, with how it was opened."""
    found = session.get(SignIn, _hash(token)) if token else None
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
    found = session.get(SignIn, _hash(token))
    if found is not None and found.ended_at is None:
        found.ended_at = now


def _end_all(session: Session, reviewer: Reviewer, now: datetime, *, but: str = "") -> None:
    open_ones = (SignIn.reviewer_id == reviewer.id, SignIn.ended_at.is_(None), SignIn.token_sha256 != but)
    session.execute(update(SignIn).where(*open_ones).values(ended_at=now))


def _must_not_wait(session: Session, login: str, address: str, now: datetime) -> None:
    waits = [_wait(session, SignInAttempt.login == login, now), _wait(session, SignInAttempt.address == address, now)]
    if max(waits) > 0:
        raise TooManyAttempts(max(waits))


def _wait(session: Session, whose: ColumnElement[bool], now: datetime) -> float:
    """From the fifth failure within a quarter of an hour: half a minute after the latest, doubling with each more."""
    # What lies ahead was tried before the clock was set back, and must keep nobody out until then.
    within = SignInAttempt.at.between(now - ATTEMPTS_WITHIN, now)
    recent = select(func.count(), func.max(SignInAttempt.at)).where(whose, within)
    failures, latest = session.execute(recent).one()
    if failures < ATTEMPTS:
        return 0.0
    wait = min(FIRST_WAIT * 2 ** min(failures - ATTEMPTS, 10), ATTEMPTS_WITHIN)
    return float((latest + wait - now).total_seconds())


def _failure(reviewer: Reviewer | None, login: str, address: str, now: datetime) -> SignInAttempt:
    organisation_id = reviewer.organisation_id if reviewer else None
    return SignInAttempt(organisation_id=organisation_id, login=login, address=address, at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
