"""Check what is stored against what was recorded: every chain of entries, every object of the vault."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.models import Capture, EvidencePart, EvidenceState, Organisation
from images.vault import Vault, VaultError


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    what: str
    """In words, with how many."""
    faults: tuple[str, ...] = ()
    """The first broken link first."""


def chains(session: Session) -> Iterator[Checked]:
    for school in session.scalars(select(Organisation).order_by(Organisation.slug)).all():
        faults = chronology.verify(session, school.id)
        newest = f"; the newest is {school.chain_head}" if school.chain_head else ""
        yield Checked(what=f"{school.slug}: {school.chain_length} entries{newest}", faults=tuple(faults))


def vault_objects(session: Session, vault: Vault) -> Checked:
    """What rows speak of must be there and whole. What no row speaks of is not looked at."""
    names = _named(session)
    faults = [fault for name, capture_id in sorted(names.items()) if (fault := _fault(vault, name, capture_id))]
    return Checked(what=f"vault: {len(names)} pictures and pieces of evidence", faults=tuple(faults))


def _named(session: Session) -> dict[str, str]:
    """Vault name to the id of a capture that needs it."""
    pictures = select(Capture.picture, Capture.id).where(Capture.picture.is_not(None))
    indexes = select(Capture.evidence_index, Capture.id).where(Capture.evidence_state == EvidenceState.ATTACHED)
    parts = select(EvidencePart.sha256, EvidencePart.capture_id).where(EvidencePart.arrived_at.is_not(None))
    return {name: id for query in (pictures, indexes, parts) for name, id in session.execute(query) if name}


def _fault(vault: Vault, name: str, capture_id: str) -> str:
    try:
        vault.get(name)
    except (VaultError, OSError) as e:
        return f"capture {capture_id}: {e}"
    return ""
