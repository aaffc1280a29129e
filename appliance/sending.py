"""Send what is due: claim one notification, send it, mark it. Killed at any point, it is sent again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chronology, health_notice
from appliance.entry_kinds import EntryKind
from appliance.models import Notification, NotificationChannel, NotificationState
from appliance.notifications.base import Alert, SendError, Transport

LEASE = timedelta(minutes=2)
"""Longer than any attempt takes; then whoever claimed it is thought dead."""
BACK_OFF = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 1800))
"""After the first failure, the second, …; after the last one there is no further try."""
FURTHEST = BACK_OFF[-1] + timedelta(minutes=1)
"""No attempt is ever put off further; what is, was put off before the clock was set back, and is due."""
WORRY_AFTER = 3
"""Failures before a banner says that mail does not get out."""


@dataclass(frozen=True, slots=True)
class Sender:
    sessions: sessionmaker[Session]
    transports: Mapping[NotificationChannel, Transport]
    console_url: str

    def send_one(self, now: datetime) -> bool:
        """Send the gravest notification that is due; False if there is none."""
        claimed = self._claim(now)
        if claimed is None:
            return False
        try:
            self._transport(claimed).send(self._alert(claimed))
        except SendError as e:
            self._failed(claimed.id, e, now)
        else:
            self._sent(claimed.id, now)
        return True

    def _claim(self, now: datetime) -> Notification | None:
        with self.sessions.begin() as session:
            claimed = session.scalar(
                select(Notification)
                .where(
                    Notification.state == NotificationState.DUE,
                    or_(Notification.next_at <= now, Notification.next_at > now + FURTHEST),
                )
                .order_by(Notification.severity.desc(), Notification.next_at, Notification.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if claimed is not None:
                claimed.next_at = now + LEASE
                claimed.tries += 1
            return claimed

    def _transport(self, claimed: Notification) -> Transport:
        try:
            return self.transports[claimed.channel]
        except KeyError:
            raise SendError(f"{claimed.channel} is not set up", permanent=True) from None

    def _alert(self, claimed: Notification) -> Alert:
        link = f"{self.console_url.rstrip('/')}/incidents/{claimed.incident_id}" if claimed.incident_id else ""
        return Alert(
            id=claimed.id,
            recipient=claimed.recipient,
            subject=claimed.subject,
            body=f"{claimed.body}\n\n{link}" if link else claimed.body,
            created_at=claimed.created_at,
        )

    def _sent(self, id: int, now: datetime) -> None:
        with self.sessions.begin() as session:
            sent = session.get_one(Notification, id)
            if sent.state is NotificationState.DUE:  # a reader may have dismissed it meanwhile
                sent.state, sent.sent_at, sent.note = NotificationState.SENT, now, ""
            if sent.channel is not NotificationChannel.BANNER:
                _entry(session, sent, EntryKind.TOLD, f"{sent.recipient}, by {sent.channel}.", now)
                health_notice.all_clear(session, sent.organisation_id, _key(sent))

    def _failed(self, id: int, error: SendError, now: datetime) -> None:
        with self.sessions.begin() as session:
            failed = session.get_one(Notification, id)
            failed.note = str(error)
            over = error.permanent or failed.tries > len(BACK_OFF)
            if over:
                failed.state = NotificationState.FAILED
                _entry(session, failed, EntryKind.NOT_TOLD, f"{failed.recipient}: {error}.", now)
            else:
                failed.next_at = now + BACK_OFF[failed.tries - 1]
            if over or failed.tries >= WORRY_AFTER:
                _worry(session, failed, now)


def _worry(session: Session, failed: Notification, now: datetime) -> None:
    health_notice.warn(
        session,
        failed.organisation_id,
        _key(failed),
        "An alert could not be sent",
        f"The {failed.channel} to {failed.recipient} could not be sent: {failed.note}.",
        now,
    )


def _key(notification: Notification) -> str:
    return f"sending:{notification.channel}:{notification.recipient}"


def _entry(session: Session, about: Notification, kind: EntryKind, text: str, now: datetime) -> None:
    chronology.add(
        session, about.organisation_id, at=now, actor="worker", kind=kind, text=text, incident_id=about.incident_id
    )
