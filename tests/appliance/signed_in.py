"""Who is signed in, for the tests of what begins and ends it."""

from datetime import datetime

from sqlalchemy.orm import Session

from appliance import sign_ins
from appliance.models import Reviewer


def reviewer_of(session: Session, token: str, now: datetime) -> Reviewer | None:
    found = sign_ins.sign_in_of(session, token, now)
    return found.reviewer if found else None
