"""The add-only chain of entries: who did or saw what, when, so that a later change shows.

The hash of an entry covers the salted hash of its text, not the text: words can be erased and the chain stays whole.
What the chain cannot show is somebody rewriting all of it, lengths included; ``gatehouse verify`` prints the newest
hash, which may be kept elsewhere.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from appliance.models import Entry, EntryText, Organisation


class EntryKind(StrEnum):
    OPENED = "opened"
    """an incident"""
    DETECTED = "detected"
    """one more capture of an incident that stands"""
    REPEATED = "repeated"
    """the same again within minutes: kept, not counted"""
    RAISED = "raised"
    """by a detection graver than what stood"""
    GRADED = "graded"
    KEPT = "kept"
    """the reviewer agrees with the grade"""
    FALSE_POSITIVE = "false-positive"
    NOTED = "noted"
    CLOSED = "closed"
    REOPENED = "reopened"
    LOOKED = "looked"
    """at a capture"""
    REPRODUCED = "reproduced"
    """a capture: derived again, of which nobody sees its words"""
    TOLD = "told"
    """somebody was sent an alert"""
    NOT_TOLD = "not-told"
    ERASED = "erased"
    """the words of an earlier entry"""
    LIBRARY_CHANGED = "library-changed"
    LIBRARY_RELEASED = "library-released"
    """to the school's sensors"""
    NETWORK_AGREED = "network-agreed"
    """it may be read"""
    NETWORK_WITHDRAWN = "network-withdrawn"
    NETWORK_PAUSED = "network-paused"
    NETWORK_RESUMED = "network-resumed"
    """a pause is over, by itself or by somebody"""
    AGENT_ENROLLED = "agent-enrolled"
    """a device may speak for its people"""
    AGENT_REVOKED = "agent-revoked"
    AGENT_ASSIGNED = "agent-assigned"
    """the device, to a person or to nobody"""
    AGENT_POLICY = "agent-policy"
    """what the agents of the school watch was changed"""
    AGENT_STARTED = "agent-started"
    AGENT_STOPPED = "agent-stopped"
    """by an administrator of the device"""
    AGENT_KILLED = "agent-killed"
    """and did not run for a while"""
    AGENT_PAUSED = "agent-paused"
    AGENT_RESUMED = "agent-resumed"
    AGENT_CLOCK = "agent-clock"
    """the device's clock jumped"""
    AGENT_DROPPED = "agent-dropped"
    """the device had no room left for what waits"""
    AGENT_REMOVED = "agent-removed"
    AGENT_IMPLAUSIBLE = "agent-implausible"
    """the device says that more people are signed in on it than can be"""
    AGENT_SAID = "agent-said"
    """something this release does not know"""
    GATEWAY_CODE = "gateway-code"
    """with which a second gateway enrols was made"""
    GATEWAY_ENROLLED = "gateway-enrolled"
    """it may report for the school"""
    GATEWAY_REVOKED = "gateway-revoked"
    BACKED_UP = "backed-up"
    NOT_BACKED_UP = "not-backed-up"
    """it could not be written, or did not stand the check"""
    PASSKEY_ADDED = "passkey-added"
    """somebody may sign in with it"""
    PASSKEY_REMOVED = "passkey-removed"
    PASSKEY_REFUSED = "passkey-refused"
    """it counts as if there were a copy of it"""
    CLOCK_SET = "clock-set"
    """the machine's clock jumped: times before and after do not compare"""
    RESTORED = "restored"
    """from a backup: what came after it is not here"""


_FIRST = ""
_ERASED = re.compile(r"Erased the words of entry (\d+)\.")


def lock(session: Session, organisation_id: int) -> Organisation:
    """Whoever adds to a chain waits here for whoever is adding; held until the transaction ends."""
    return session.execute(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).scalar_one()


def add(
    session: Session,
    organisation_id: int,
    *,
    at: datetime,
    actor: str,
    kind: EntryKind,
    text: str,
    incident_id: int | None = None,
    capture_id: str | None = None,
    person_id: int | None = None,
    vouched_sha256: str = "",
) -> Entry:
    """Add the next link. It is there once the caller commits. ``vouched_sha256``: of the capture it files."""
    chain = lock(session, organisation_id)
    salt = secrets.token_hex(16)
    entry = Entry(
        organisation_id=organisation_id,
        sequence=chain.chain_length + 1,
        at=at,
        actor=actor,
        kind=kind,
        incident_id=incident_id,
        capture_id=capture_id,
        person_id=person_id,
        vouched_sha256=vouched_sha256,
        text_sha256=_text_hash(salt, text),
        previous=chain.chain_head,
    )
    entry.hash = _hash(entry)
    chain.chain_length, chain.chain_head = entry.sequence, entry.hash
    session.add_all([entry, EntryText(organisation_id=organisation_id, sequence=entry.sequence, salt=salt, text=text)])
    session.flush()
    return entry


def of_incident(session: Session, incident_id: int) -> list[Entry]:
    """In the order they were made."""
    wanted = select(Entry).where(Entry.incident_id == incident_id).order_by(Entry.sequence)
    return list(session.scalars(wanted))


def erase_text(session: Session, entry: Entry, actor: str, now: datetime) -> Entry:
    """Delete what an entry says; that it was said, and that it was erased, stays. ValueError on an erasure itself."""
    if entry.kind == EntryKind.ERASED:
        raise ValueError("What was erased stays on record.")
    if text := session.get(EntryText, (entry.organisation_id, entry.sequence)):
        session.delete(text)
    session.expire(entry, ["text"])
    return add(
        session,
        entry.organisation_id,
        at=now,
        actor=actor,
        kind=EntryKind.ERASED,
        text=f"Erased the words of entry {entry.sequence}.",
        incident_id=entry.incident_id,
        capture_id=entry.capture_id,
        person_id=entry.person_id,
    )


def verify(session: Session, organisation_id: int) -> list[str]:
    """What is wrong with a chain, the first broken link first; empty when it is whole."""
    return list(_faults(session, organisation_id))


def _faults(session: Session, organisation_id: int) -> Iterator[str]:
    chain = session.get_one(Organisation, organisation_id)
    texts, erased = dict[int, str](), set[int]()
    sequence, head = 0, _FIRST
    try:
        for entry, text in _links(session, organisation_id):
            yield from _link_faults(entry, text, sequence, head)
            sequence, head = entry.sequence, entry.hash
            if text is None:
                texts[sequence] = f"entry {sequence}: its words are gone, erased by no entry"
            elif entry.kind == EntryKind.ERASED and (named := _ERASED.fullmatch(text.text)):
                erased.add(int(named[1]))
    except (ValueError, SQLAlchemyError):
        yield f"entry {sequence + 1}: cannot be read"
        return
    yield from (fault for at, fault in texts.items() if at not in erased)
    if (sequence, head) != (chain.chain_length, chain.chain_head):
        yield f"the chain ends at entry {sequence}, but {chain.chain_length} were made"


def _links(session: Session, organisation_id: int) -> Iterator[tuple[Entry, EntryText | None]]:
    same = (EntryText.organisation_id == Entry.organisation_id) & (EntryText.sequence == Entry.sequence)
    wanted = select(Entry, EntryText).outerjoin(EntryText, same).where(Entry.organisation_id == organisation_id)
    fresh = {"populate_existing": True, "yield_per": 1}  # so that a row which cannot be read is known by its place
    yield from session.execute(wanted.order_by(Entry.sequence), execution_options=fresh)


def _link_faults(entry: Entry, text: EntryText | None, before: int, head: str) -> Iterator[str]:
    if entry.sequence != before + 1:
        yield f"entry {before + 1}: is missing"
    elif entry.previous != head:
        yield f"entry {entry.sequence}: does not follow on from the one before"
    if entry.hash != _hash(entry):
        yield f"entry {entry.sequence}: was changed"
    if text is not None and entry.text_sha256 != _text_hash(text.salt, text.text):
        yield f"entry {entry.sequence}: its words were changed"


def _text_hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _hash(entry: Entry) -> str:
    covered = [
        entry.organisation_id,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        str(entry.kind),
        entry.incident_id,
        entry.capture_id,
        entry.person_id,
        entry.vouched_sha256,
        entry.text_sha256,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(covered, ensure_ascii=True).encode()).hexdigest()
