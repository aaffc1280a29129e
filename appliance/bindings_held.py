"""Hold a sensor's question who is where until somebody signs in or out on a device: so it knows within a second."""

import re
import time
from collections.abc import Callable
from threading import BoundedSemaphore

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import store
from appliance.models import AgentSignIn

LONGEST = 5.0
LOOKS = 0.25
"""Seconds between looks."""
AT_ONCE = 4
"""Questions held; others are answered at once, for each held one takes up one that answers."""
_WAIT = re.compile(r"\bwait=(\d{1,3})\b", re.ASCII)
SignedIn = frozenset[int]


class Held:
    """``sleep`` is waited with."""

    def __init__(self, sessions: sessionmaker[Session], sleep: Callable[[float], None] = time.sleep) -> None:
        self._sessions, self._sleep = sessions, sleep
        self._room = BoundedSemaphore(AT_ONCE)

    def signed_in(self, organisation_id: int) -> SignedIn:
        """By the numbers of their rows: enough to see that somebody came or went, and quickly read."""
        wanted = select(AgentSignIn.id).where(AgentSignIn.until.is_(None), AgentSignIn.person_id.is_not(None))
        with store.reading(self._sessions) as session:
            return frozenset(session.scalars(wanted.where(AgentSignIn.organisation_id == organisation_id)))

    def until_changed(self, organisation_id: int, before: SignedIn, seconds: float) -> None:
        """Return as soon as others are signed in than ``before``, and after ``seconds`` at the latest."""
        if seconds <= 0 or not self._room.acquire(blocking=False):
            return
        try:
            for _ in range(int(min(seconds, LONGEST) / LOOKS)):
                self._sleep(LOOKS)
                if self.signed_in(organisation_id) != before:
                    return
        finally:
            self._room.release()


def wanted_wait(prefer: str) -> float:
    """What ``Prefer: wait=SECONDS`` (RFC 7240) asks for; 0 where it asks for nothing."""
    found = _WAIT.search(prefer)
    return float(found[1]) if found else 0.0
