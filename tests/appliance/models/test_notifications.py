"""The same is told once to each school, and waits to be told from the start."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance.models import Notification, NotificationChannel, NotificationKind, NotificationState, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON


def told(session: Session, to: Organisation) -> Notification:
    notification = Notification(
        organisation_id=to.id,
        key="gateway-silent",
        kind=NotificationKind.HEALTH,
        channel=NotificationChannel.BANNER,
        subject="The gateway is silent.",
        body="Look at its cable.",
        next_at=NOON,
        created_at=NOON,
    )
    session.add(notification)
    session.flush()
    return notification


def test_it_is_due_once_made_and_the_same_is_told_once_to_a_school(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    assert told(session, oak).state is NotificationState.DUE
    assert told(session, elm).tries == 0
    with pytest.raises(IntegrityError):
        told(session, oak)
