"""Signing in with a password: whoever gets it wrong waits longer each time, wherever they try it and whatever else."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from appliance import passwords, reviewers, sign_ins
from appliance.models import Reviewer, SignInAttempt

ATTEMPTS = 5
ATTEMPTS_WITHIN = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=30)


class TooManyAttempts(Exception):
    """Wait ``seconds`` before the next try; this one was not even looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many attempts; wait {seconds:.0f} seconds")
        self.seconds = seconds


def sign_in(session: Session, login: str, password: str, address: str, now: datetime) -> str | None:
    """A token for the cookie, or None. Commit either way: a failed attempt is a row too. May raise TooManyAttempts."""
    reviewer = prove(session, login, password, address, now)
    return sign_ins.start(session, reviewer, now) if reviewer else None


def prove(session: Session, login: str, password: str, address: str, now: datetime) -> Reviewer | None:
    """Who it is, if it is them. Commit either way: a failed attempt is a row too. May raise TooManyAttempts."""
    login = login.strip().lower()
    reviewer = reviewers.of_login(session, login)
    # Somebody may have typed a password there: what is nobody's login is not kept in the clear.
    tried_as = login if reviewer else f"unknown:{hashlib.sha256(login.encode('utf-8', 'replace')).hexdigest()[:16]}"
    _must_not_wait(session, tried_as, address, now)
    if not reviewers.check_password(reviewer, password) or reviewer is None:
        session.add(_failure(reviewer, tried_as, address, now))
        session.flush()
        return None
    if passwords.is_outdated(reviewer.password_hash):
        reviewer.password_hash = passwords.hashed(password)
    session.execute(delete(SignInAttempt).where(SignInAttempt.login == tried_as, SignInAttempt.address == address))
    return reviewer


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
