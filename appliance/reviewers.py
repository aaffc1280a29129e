"""Reviewers: who they are, and their passwords."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import passwords, sign_ins
from appliance.models import Organisation, OrganisationKind, Reviewer, ReviewerRole


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
    sign_ins.end_all(session, reviewer, now)


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
        sign_ins.end_all(session, reviewer, now, but=keep)


def reset_password(session: Session, reviewer: Reviewer, new: str, now: datetime) -> None:
    """By whoever runs the system: the old one's sign-ins end, and the new one must be changed at the next."""
    set_password(reviewer, new)
    reviewer.must_change_password = True
    sign_ins.end_all(session, reviewer, now)


def set_password(reviewer: Reviewer, new: str) -> None:
    passwords.check(new, reviewer.login)
    reviewer.password_hash, reviewer.must_change_password = passwords.hashed(new), False
