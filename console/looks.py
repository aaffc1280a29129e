"""Every opening of a capture is an entry: who looked, at what, when."""

from datetime import timedelta

from sqlalchemy import select

from appliance.entry_kinds import EntryKind
from appliance.models import Capture, Entry, Reviewer
from appliance.reviewing import opened_capture
from console import access, db
from console.entries import PERSON

ONE_LOOK = timedelta(minutes=10)
"""A picture fetched this soon after its page was opened belongs to that look."""


def note(capture: Capture) -> None:
    with db.writing() as session:
        looked_at = session.get_one(Capture, (capture.organisation_id, capture.reported_at, capture.id))
        opened_capture(session, looked_at, session.get_one(Reviewer, access.reviewer().id), access.now())
    db.renew()


def lately(capture: Capture) -> bool:
    """Whether this reviewer's opening of the capture is on record from just now."""
    noted = (
        select(Entry.sequence)
        .where(Entry.organisation_id == capture.organisation_id, Entry.capture_id == capture.id)
        .where(Entry.kind == EntryKind.LOOKED, Entry.actor == f"{PERSON}{access.reviewer().login}")
        .where(Entry.at >= access.now() - ONE_LOOK)
    )
    return db.session().scalar(noted.limit(1)) is not None
