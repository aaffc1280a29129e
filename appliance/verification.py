"""Check what is stored against what was recorded: every chain of entries, every capture, every object of the vault."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from appliance import captures, chain_check
from appliance.models import Capture, Entry, EvidencePart, EvidenceState, Organisation
from images.vault import Vault, VaultError


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    what: str
    """In words, with how many."""
    faults: tuple[str, ...] = ()
    """The first broken link first."""


def chains(session: Session) -> Iterator[Checked]:
    for school in session.scalars(select(Organisation).order_by(Organisation.slug)).all():
        faults = chain_check.faults(session, school.id)
        newest = f"; the newest is {school.chain_head}" if school.chain_head else ""
        yield Checked(what=f"{school.slug}: {school.chain_length} entries{newest}", faults=tuple(faults))


def filed_captures(session: Session) -> Checked:
    """Every capture the chains speak of must be there and say what it said when it was filed."""
    vouched = session.execute(
        select(Entry.organisation_id, Entry.capture_id, Entry.vouched_sha256)
        .where(Entry.vouched_sha256 != "")
        .order_by(Entry.organisation_id, Entry.sequence)
    ).all()
    faults = [fault for row in vouched if (fault := _capture_fault(session, *row))]
    return Checked(what=f"captures: {len(vouched)}", faults=tuple(faults))


def vault_objects(session: Session, vault: Vault) -> Checked:
    """What rows speak of must be there and whole. What no row speaks of is not looked at."""
    names = _named(session)
    faults = [fault for name, capture_id in sorted(names.items()) if (fault := _fault(vault, name, capture_id))]
    return Checked(what=f"vault: {len(names)} pictures and pieces of evidence", faults=tuple(faults))


def fault_of(session: Session, capture: Capture) -> str:
    """What is wrong with one capture, held against the entry that filed it; of a recording there is no entry."""
    filed = select(Entry.vouched_sha256).where(
        Entry.organisation_id == capture.organisation_id, Entry.capture_id == capture.id, Entry.vouched_sha256 != ""
    )
    vouched = session.scalar(filed.order_by(Entry.sequence).limit(1))
    if vouched is None:
        return "" if captures.is_replayed(capture) else "no entry files it"
    return "" if captures.fingerprint(capture) == vouched else "it was changed since it was filed"


def _named(session: Session) -> dict[str, str]:
    """Vault name to the id of a capture that needs it."""
    pictures = select(Capture.picture, Capture.id).where(Capture.picture.is_not(None))
    indexes = select(Capture.evidence_index, Capture.id).where(Capture.evidence_state == EvidenceState.ATTACHED)
    parts = select(EvidencePart.sha256, EvidencePart.capture_id).where(EvidencePart.arrived_at.is_not(None))
    return {name: id for query in (pictures, indexes, parts) for name, id in session.execute(query) if name}


def _capture_fault(session: Session, organisation_id: int, capture_id: str | None, vouched_sha256: str) -> str:
    try:
        capture = captures.by_id(session, organisation_id, capture_id or "")
        if capture is None:
            return f"capture {capture_id}: is missing"
        changed = captures.fingerprint(capture) != vouched_sha256
        session.expunge(capture)  # so that a large school does not fill the memory
    except (ValueError, SQLAlchemyError):
        return f"capture {capture_id}: cannot be read"
    return f"capture {capture_id}: was changed" if changed else ""


def _fault(vault: Vault, name: str, capture_id: str) -> str:
    try:
        vault.get(name)
    except (VaultError, OSError) as e:
        return f"capture {capture_id}: {e}"
    return ""
