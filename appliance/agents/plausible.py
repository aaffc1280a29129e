"""Whether it can be that somebody more is signed in on a device: else whoever has one device speaks for all pupils."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.models import AgentSignIn, Device, Person

AT_ONCE = 6
"""People: places at a device, and those who did not sign out before the next one came."""
WITHIN, MOST_WITHIN = timedelta(hours=1), 12
"""A device in a library changes hands every few minutes at most."""


def may_be(session: Session, device: Device, person: Person, said_id: str, since: datetime) -> bool:
    """Whether ``person`` may have signed in on it then, beside and after all others; ``said_id``: their own sign-in."""
    if device.person_id is not None:
        return True
    theirs = select(AgentSignIn.person_id).distinct().where(AgentSignIn.device_id == device.id)
    theirs = theirs.where(AgentSignIn.person_id.is_not(None), AgentSignIn.said_id != said_id)
    at_once = set(session.scalars(theirs.where(AgentSignIn.until.is_(None))))
    within = set(session.scalars(theirs.where(AgentSignIn.since > since - WITHIN, AgentSignIn.since <= since)))
    return len(at_once | {person.id}) <= AT_ONCE and len(within | {person.id}) <= MOST_WITHIN


def enter(session: Session, device: Device, now: datetime) -> None:
    """That it said so: for whoever looks after devices to ask how that came about."""
    chronology.add(
        session,
        device.organisation_id,
        at=now,
        actor=f"device:{device.name}",
        kind=EntryKind.AGENT_IMPLAUSIBLE,
        text=f"{device.name} says that one more person is signed in on it than can be: more than {AT_ONCE} at once, or "
        f"{MOST_WITHIN} within an hour. Nothing it says of them is taken.",
    )
