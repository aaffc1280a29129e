"""Passkeys of reviewers as rows: added, used, removed. What a device says with one is checked by the console."""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from appliance import chronology, sign_ins
from appliance.entry_kinds import EntryKind
from appliance.models import Passkey, Reviewer, SignIn

MOST = 10
LONGEST_NAME = 60


def of(session: Session, reviewer: Reviewer) -> list[Passkey]:
    """The oldest first."""
    wanted = select(Passkey).where(Passkey.reviewer_id == reviewer.id).order_by(Passkey.added_at, Passkey.id)
    return list(session.scalars(wanted))


def of_credential(session: Session, credential_id: str) -> Passkey | None:
    return session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def named(session: Session, reviewer: Reviewer, name: str) -> Passkey:
    """ValueError, in words for whoever typed it, where there is none."""
    known = of(session, reviewer)
    for each in known:
        if each.name == name:
            return each
    said = ", ".join(f"“{each.name}”" for each in known) or "none"
    raise ValueError(f"{reviewer.login} has no passkey “{name}”, but {said}")


def handle_of(session: Session, reviewer: Reviewer) -> str:
    """The same for all passkeys of a reviewer, so that a device keeps one and not many; it says nothing of them."""
    known = of(session, reviewer)
    return known[0].user_handle if known else secrets.token_urlsafe(32)


def check_name(session: Session, reviewer: Reviewer, name: str) -> str:
    """As it will be kept; ValueError, in words for the reviewer, where it will not do."""
    name = " ".join(name.split())
    known = of(session, reviewer)
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise ValueError(f"Give it a name of 1 to {LONGEST_NAME} characters.")
    if name in {each.name for each in known}:
        raise ValueError("You have a passkey of that name already.")
    if len(known) >= MOST:
        raise ValueError(f"You have {MOST} passkeys; remove one first.")
    return name


def add(
    session: Session,
    reviewer: Reviewer,
    *,
    name: str,
    credential_id: str,
    public_key: str,
    user_handle: str,
    sign_count: int,
    now: datetime,
) -> Passkey:
    """ValueError, in words for the reviewer, where it cannot be."""
    name = check_name(session, reviewer, name)
    if of_credential(session, credential_id) is not None:
        raise ValueError("This passkey is known here already.")
    made = Passkey(
        organisation_id=reviewer.organisation_id,
        reviewer_id=reviewer.id,
        name=name,
        credential_id=credential_id,
        public_key=public_key,
        user_handle=user_handle,
        sign_count=sign_count,
        added_at=now,
    )
    session.add(made)
    _say(session, made, f"reviewer:{reviewer.login}", EntryKind.PASSKEY_ADDED, f"Added {_spoken(made, reviewer)}.", now)
    return made


def remove(session: Session, passkey: Passkey, actor: str, now: datetime) -> None:
    """Browsers that were signed in with it are signed out."""
    opened = (SignIn.passkey_id == passkey.id, SignIn.ended_at.is_(None))
    session.execute(update(SignIn).where(*opened).values(ended_at=now))
    said = f"Removed {_spoken(passkey, passkey.reviewer)}."
    _say(session, passkey, actor, EntryKind.PASSKEY_REMOVED, said, now)
    session.delete(passkey)
    session.flush()


def sign_in(session: Session, passkey_id: int, sign_count: int, challenge: str, now: datetime) -> str | None:
    """A token for the cookie, or None. Commit either way: a copied key is an entry. ``challenge``: its hash."""
    passkey = session.get(Passkey, passkey_id, with_for_update=True, populate_existing=True)
    if passkey is None or passkey.reviewer.disabled_at is not None:
        return None
    if session.scalar(select(SignIn.token_sha256).where(SignIn.challenge_sha256 == challenge)) is not None:
        return None  # somebody sends again what was sent before
    if (sign_count or passkey.sign_count) and sign_count <= passkey.sign_count:
        said = f"Refused {_spoken(passkey, passkey.reviewer)}: its counter did not go on, so there may be a copy of it."
        _say(session, passkey, "system", EntryKind.PASSKEY_REFUSED, said, now)
        return None
    passkey.sign_count, passkey.used_at = sign_count, now
    return sign_ins.start(session, passkey.reviewer, now, passkey_id=passkey.id, challenge=challenge)


def _spoken(passkey: Passkey, reviewer: Reviewer) -> str:
    return f"the passkey “{passkey.name}” of {reviewer.login}"


def _say(session: Session, passkey: Passkey, actor: str, kind: EntryKind, said: str, now: datetime) -> None:
    chronology.add(session, passkey.organisation_id, at=now, actor=actor, kind=kind, text=said)
