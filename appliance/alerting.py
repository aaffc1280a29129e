"""Who is told of a grave incident, filed in the same transaction as the incident itself.

A notification says that something waits and how urgent it is: no name, no words, no category, no picture.
Sending is ``appliance.sending``.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import health_notice
from appliance.models import (
    Entry,
    Incident,
    Notification,
    NotificationChannel,
    NotificationKind,
    Organisation,
    Reviewer,
    ReviewerRole,
)
from appliance.permissions import STAFF

TELL_FROM = 4
"""Severity; what is below waits in the queue."""
URGENCY = {4: "It should be looked at today.", 5: "It should be looked at now: somebody may be in danger."}


def announce(
    session: Session, incident: Incident, because: Entry, now: datetime, *, not_to: Reviewer | None = None
) -> None:
    """File a banner and one e-mail for each person who is to know that ``incident`` opened or rose, by that entry.

    Nothing for severities below 4, nor for what was replayed. ``not_to`` is whoever caused it and so knows.
    """
    if incident.severity < TELL_FROM or incident.replayed:
        return
    session.add(_notification(incident, because, now, NotificationChannel.BANNER, ""))
    recipients = [r for r in recipients_of(session, incident) if not_to is None or r.id != not_to.id]
    for address in sorted({r.email for r in recipients}):
        session.add(_notification(incident, because, now, NotificationChannel.EMAIL, address))
    if not recipients and not_to is None:
        _nobody_to_tell(session, incident, now)
    session.flush()


def recipients_of(session: Session, incident: Incident) -> list[Reviewer]:
    """DSL and deputies with an e-mail address; if it may be about staff, the DSL and the trust's officers instead."""
    school = session.get_one(Organisation, incident.organisation_id)
    own = Reviewer.organisation_id == school.id
    if incident.subject_role == STAFF:
        who = (own & (Reviewer.role == ReviewerRole.DSL)) | (
            Reviewer.organisation_id.in_([school.id, school.parent_id]) & (Reviewer.role == ReviewerRole.TRUST_OFFICER)
        )
    else:
        who = own & Reviewer.role.in_([ReviewerRole.DSL, ReviewerRole.DEPUTY])
    reachable = (Reviewer.email != "", Reviewer.disabled_at.is_(None))
    return list(session.scalars(select(Reviewer).where(who, *reachable).order_by(Reviewer.id)))


def _notification(
    incident: Incident, because: Entry, now: datetime, channel: NotificationChannel, recipient: str
) -> Notification:
    urgency = URGENCY[incident.severity]
    return Notification(
        organisation_id=incident.organisation_id,
        # By the entry: a burst of captures is told once, and a later rise is told again.
        key=f"incident:{incident.id}:entry:{because.sequence}:{channel}:{recipient}",
        kind=NotificationKind.INCIDENT,
        channel=channel,
        incident_id=incident.id,
        recipient=recipient,
        severity=incident.severity,
        subject=f"Level {incident.severity} incident {incident.id} is waiting",
        body=f"Incident {incident.id}, level {incident.severity} of 5. {urgency}",
        created_at=now,
        next_at=now,
    )


def _nobody_to_tell(session: Session, incident: Incident, now: datetime) -> None:
    health_notice.warn(
        session,
        incident.organisation_id,
        "nobody-to-tell",
        "Nobody is told of grave incidents",
        "No safeguarding lead or deputy of this school has an e-mail address, so grave incidents show only here.",
        now,
    )
