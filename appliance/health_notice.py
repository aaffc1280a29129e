"""Tell everyone who looks after the system that something is wrong with it, once, until it is well again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.models import (
    Notification,
    NotificationChannel,
    NotificationKind,
    NotificationState,
    Reviewer,
    ReviewerRole,
)

MAIL_SEVERITY = 3
"""Among alerts that wait to be sent: after incidents that are grave."""


def warn(session: Session, organisation_id: int, key: str, subject: str, body: str, now: datetime) -> bool:
    """Put up a banner under ``key``. One that is up already stays as it is; one that was taken down goes up again.

    Whether it was put up.

    ``body`` names things by id: no child, no words, no address of a page.
    """
    chronology.lock(session, organisation_id)
    notice = _notice(session, organisation_id, key)
    if notice is not None and notice.state is not NotificationState.DISMISSED:
        return False
    if notice is None:
        notice = Notification(
            organisation_id=organisation_id,
            key=key,
            kind=NotificationKind.HEALTH,
            channel=NotificationChannel.BANNER,
            subject=subject,
            body=body,
        )
        session.add(notice)
    notice.subject, notice.body, notice.note = subject, body, ""
    notice.state, notice.tries, notice.sent_at = NotificationState.DUE, 0, None
    notice.created_at = notice.next_at = now
    session.flush()
    return True


def mail(
    session: Session,
    organisation_id: int,
    key: str,
    roles: Sequence[ReviewerRole],
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Send the same to everybody of these roles who has an address. ``key``: with the time, so that it may recur."""
    wanted = select(Reviewer.email).where(Reviewer.organisation_id == organisation_id, *reachable(roles))
    for address in sorted(set(session.scalars(wanted))):
        session.add(
            Notification(
                organisation_id=organisation_id,
                key=f"{key}:{now.isoformat()}:{address}",
                kind=NotificationKind.HEALTH,
                channel=NotificationChannel.EMAIL,
                recipient=address,
                severity=MAIL_SEVERITY,
                subject=subject,
                body=body,
                created_at=now,
                next_at=now,
            )
        )
    session.flush()


def reachable(roles: Sequence[ReviewerRole]) -> tuple[ColumnElement[bool], ...]:
    return Reviewer.role.in_(roles), Reviewer.email != "", Reviewer.disabled_at.is_(None)


def all_clear(session: Session, organisation_id: int, key: str) -> None:
    """Take the banner down by itself: what it warned of is over."""
    notice = _notice(session, organisation_id, key)
    if notice is not None and notice.state is not NotificationState.DISMISSED:
        notice.state, notice.note = NotificationState.DISMISSED, "over by itself"


def _notice(session: Session, organisation_id: int, key: str) -> Notification | None:
    return session.scalar(
        select(Notification).where(Notification.organisation_id == organisation_id, Notification.key == key)
    )
