"""The one line on top of a page that says a grave incident waits."""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy import func, select

from appliance.models import Incident, Notification, NotificationChannel, NotificationKind, NotificationState, Status
from appliance.permissions import visible_to
from console import access
from console.db import session

CANNOT_WAIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    incident_id: int
    severity: int
    opened_at: datetime
    time_zone: str
    others: int
    """How many more are announced and wait."""


def alert() -> Alert | None:
    """The gravest announced incident that waits: not on the queue, which shows them all; over another incident only if
    it cannot wait."""
    reviewer = access.reviewer()
    if request.endpoint == "queue.show" or not access.allowed(reviewer, "incidents.show"):
        return None
    announced = (
        select(Notification.incident_id)
        .where(Notification.kind == NotificationKind.INCIDENT, Notification.channel == NotificationChannel.BANNER)
        .where(Notification.state != NotificationState.DISMISSED)
    )
    here = (request.view_args or {}).get("incident_id")
    which = [Incident.status == Status.NEW, Incident.id.in_(announced)]
    if here is not None:
        which += [Incident.id != here, Incident.severity == CANNOT_WAIT]
    count = session().scalar(visible_to(reviewer, select(func.count(Incident.id)).where(*which), Incident)) or 0
    gravest = select(Incident).where(*which).order_by(Incident.severity.desc(), Incident.opened_at, Incident.id)
    found = session().scalar(visible_to(reviewer, gravest, Incident).limit(1))
    if found is None:
        return None
    return Alert(
        incident_id=found.id,
        severity=found.severity,
        opened_at=found.opened_at,
        time_zone=found.organisation.time_zone,
        others=count - 1,
    )
