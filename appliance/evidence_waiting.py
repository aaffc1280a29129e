"""Stop waiting for evidence that does not come, and have the capture drawn from its words."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import evidence
from appliance.models import Capture, DrawState, EvidenceState


def give_up(sessions: sessionmaker[Session], after: timedelta, now: datetime) -> int:
    """How many captures' evidence was given up. A picture already drawn from an earlier bundle stays."""
    with sessions.begin() as session:
        overdue = session.scalars(
            select(Capture)
            .where(
                Capture.evidence_state == EvidenceState.PENDING,
                # What was named in times to come was named before the clock was set back.
                or_(Capture.evidence_named_at <= now - after, Capture.evidence_named_at > now + after),
            )
            .with_for_update(skip_locked=True)
        ).all()
        for capture in overdue:
            missing = sum(part.arrived_at is None for part in capture.parts)
            capture.evidence_state = EvidenceState.GIVEN_UP
            capture.evidence_note = (
                f"{missing} of {len(capture.parts)} recorded parts did not arrive within "
                f"{after.total_seconds() / 60:g} minutes."
            )
            if capture.draw_state is DrawState.WAITING:
                evidence.draw(capture, now)
        return len(overdue)
