"""Tell that the disk fills: a banner and mails while rows can be written, and a mail without any when they cannot."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from appliance import health_notice
from appliance.models import Organisation, Reviewer, ReviewerRole
from appliance.notifications.base import Alert, SendError, Transport
from appliance.room import Level, Room
from appliance.store import reading

AGAIN = 3600.0
"""Seconds between mails that no row remembers."""
TOLD = (ReviewerRole.NETWORK_MANAGER, ReviewerRole.DSL)
SAID = {
    Level.NO_RECORDINGS: (
        "The disk is nearly full",
        "Detections are filed, but what was on the screen is not taken in any longer; gateways keep it while they can.",
    ),
    Level.DETECTIONS: (
        "The disk is almost full: words only",
        "Only detections are filed, and soon not even they. Nothing is drawn. Make room now.",
    ),
}

logger = logging.getLogger("gatehouse.worker")


@dataclass(slots=True)
class RoomWatched:
    sessions: sessionmaker[Session]
    room: Room
    mail: Transport | None
    steady: Callable[[], float] = time.monotonic
    _mailed: float | None = field(default=None)

    def check(self, now: datetime) -> Level:
        """How much may be kept. SQLAlchemyError where nothing can be written though there seems to be room."""
        level = self.room.level()
        try:
            with self.sessions.begin() as session:
                for id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
                    self._tell(session, id, level, now)
        except SQLAlchemyError:
            if level is Level.ALL:
                raise
            self._mail_directly(level, now)
        return level

    def _tell(self, session: Session, id: int, level: Level, now: datetime) -> None:
        for each, (subject, body) in SAID.items():
            key = f"room:{each.name.lower()}"
            if each is not level:
                health_notice.all_clear(session, id, key)
            elif health_notice.warn(session, id, key, subject, f"{body} {self._left()}", now):
                health_notice.mail(session, id, key, TOLD, subject, f"{body} {self._left()}", now)

    def _mail_directly(self, level: Level, now: datetime) -> None:
        """The disk takes not even the row of an alert, and mail needs no disk."""
        if self.mail is None or (self._mailed is not None and self.steady() - self._mailed < AGAIN):
            return
        self._mailed = self.steady()
        subject, body = SAID[level]
        with reading(self.sessions) as session:
            addresses = set(session.scalars(select(Reviewer.email).where(*health_notice.reachable(TOLD))))
        for address in sorted(addresses):
            alert = Alert(id=0, recipient=address, subject=subject, body=f"{body} {self._left()}", created_at=now)
            try:
                self.mail.send(alert)
            except SendError as e:
                logger.error("the disk is full, and nobody could be told: %s", e)

    def _left(self) -> str:
        return f"{self.room.free() // 2**20} MB are free."
