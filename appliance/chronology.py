"""The add-only chain of entries: who did or saw what, when, so that a later change shows.

The hash of an entry covers the salted hash of its text, not the text: words can be erased and the chain stays whole.
What the chain cannot show is somebody rewriting all of it, lengths included; ``gatehouse verify`` prints the newest
hash, which may be kept elsewhere; ``chain_check`` says what is wrong with a chain.
"""

import hashlib
import json
import re
import secrets
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText, Organisation

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
        text_sha256=text_hash(salt, text),
        previous=chain.chain_head,
    )
    entry.hash = link_hash(entry)
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


def erased_entry(text: str) -> int | None:
    """The number of the entry whose words the one that says ``text`` erased; None where it erased none."""
    named = _ERASED.fullmatch(text)
    return int(named[1]) if named else None


def text_hash(salt: str, text: str) -> str:
    """What a link keeps of its words: it says nothing without the salt, which is erased with them."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link_hash(entry: Entry) -> str:
    """Of all that an entry says but its words, of which it covers the hash."""
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
