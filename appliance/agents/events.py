"""What happened to an agent, as it says itself: each is an entry once, of the person who was signed in then."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.agents.heartbeat import SaidEvent
from appliance.entry_kinds import EntryKind
from appliance.models import AgentEvent, AgentSignIn, Device

KINDS = {
    "started": (EntryKind.AGENT_STARTED, "The agent on {device} started at {at}."),
    "stopped": (EntryKind.AGENT_STOPPED, "An administrator stopped the agent on {device} at {at}."),
    "killed": (EntryKind.AGENT_KILLED, "The agent on {device} was killed: it did not run from {at} {until}."),
    "paused": (EntryKind.AGENT_PAUSED, "The agent on {device} paused at {at}, as its policy says."),
    "resumed": (EntryKind.AGENT_RESUMED, "The agent on {device} watched again from {at}."),
    "clock": (EntryKind.AGENT_CLOCK, "The clock of {device} jumped at {at}: times before and after do not compare."),
    "dropped": (EntryKind.AGENT_DROPPED, "The agent on {device} had no room left at {at} and dropped what was least."),
    "removed": (EntryKind.AGENT_REMOVED, "The agent was removed from {device} at {at}."),
}
_PORTION = 500
_OTHER = (EntryKind.AGENT_SAID, "The agent on {device} reported something at {at}.")


def take(session: Session, device: Device, said: Sequence[SaidEvent], off: timedelta, now: datetime) -> list[SaidEvent]:
    """Those that are new, filed; in the order they happened."""
    known = _known(session, device, [each.id for each in said])
    new = {each.id: each for each in sorted(said, key=lambda each: each.at, reverse=True) if each.id not in known}
    ordered = sorted(new.values(), key=lambda each: each.at)
    for each in ordered:
        _file(session, device, each, off, now)
    session.flush()
    return ordered


def _known(session: Session, device: Device, ids: Sequence[str]) -> set[str]:
    """In portions: a device that was away for weeks has more to tell than a statement may have values."""
    theirs = select(AgentEvent.said_id).where(AgentEvent.device_id == device.id)
    portions = (ids[at : at + _PORTION] for at in range(0, len(ids), _PORTION))
    return {id for portion in portions for id in session.scalars(theirs.where(AgentEvent.said_id.in_(portion)))}


def _file(session: Session, device: Device, said: SaidEvent, off: timedelta, now: datetime) -> None:
    at, until = said.at + off, said.until and said.until + off
    session.add(
        AgentEvent(
            device_id=device.id,
            said_id=said.id,
            organisation_id=device.organisation_id,
            kind=said.kind,
            at=at,
            until=until,
        )
    )
    kind, words = KINDS.get(said.kind, _OTHER)
    ended = f"to {_spelt(until)}" if until else "on"
    text = words.format(device=device.name, at=_spelt(at), until=ended)
    chronology.add(
        session,
        device.organisation_id,
        at=now,
        actor=f"device:{device.name}",
        kind=kind,
        text=" ".join(part for part in (text, said.said.strip()) if part),
        person_id=_person(session, device, said.account, at),
    )


def _person(session: Session, device: Device, account: str, at: datetime) -> int | None:
    """Whose account it was; where none is named, who alone was signed in."""
    there = select(AgentSignIn.person_id).where(AgentSignIn.device_id == device.id, AgentSignIn.since <= at)
    there = there.where(or_(AgentSignIn.until.is_(None), AgentSignIn.until >= at))
    if account:
        there = there.where(AgentSignIn.account == account)
    people = set(session.scalars(there))
    return people.pop() if len(people) == 1 else None


def _spelt(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
