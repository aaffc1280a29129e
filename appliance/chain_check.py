"""What is wrong with a chain of entries: a link is missing or was changed, or words are gone without an entry."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from appliance.chronology import erased_entry, link_hash, text_hash
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText, Organisation


def faults(session: Session, organisation_id: int) -> list[str]:
    """In sentences; the first broken link first, empty when the chain is whole."""
    return list(_faults(session, organisation_id))


def _faults(session: Session, organisation_id: int) -> Iterator[str]:
    chain = session.get_one(Organisation, organisation_id)
    texts, erased = dict[int, str](), set[int]()
    sequence, head = 0, ""
    try:
        for entry, text in _links(session, organisation_id):
            yield from _link_faults(entry, text, sequence, head)
            sequence, head = entry.sequence, entry.hash
            if text is None:
                texts[sequence] = f"entry {sequence}: its words are gone, erased by no entry"
            elif entry.kind == EntryKind.ERASED and (named := erased_entry(text.text)) is not None:
                erased.add(named)
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
    if entry.hash != link_hash(entry):
        yield f"entry {entry.sequence}: was changed"
    if text is not None and entry.text_sha256 != text_hash(text.salt, text.text):
        yield f"entry {entry.sequence}: its words were changed"
