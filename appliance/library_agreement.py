"""The second person's word on a change of the phrase library: only with it a change that waits begins to count."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology, library_layers, organisations
from appliance.entry_kinds import EntryKind
from appliance.models import LibraryChange, Organisation
from detection.library import Library


def agree(
    session: Session, organisation: Organisation, number: int, shipped: Library, *, by: str, now: datetime
) -> LibraryChange:
    """``by``: a login, whose password the caller has seen proved. ValueError where nothing waits for them, or where
    something speaks against the change by now."""
    chronology.lock(session, organisation.id)
    row = session.get(LibraryChange, number)
    if row is None or row.organisation_id != organisation.id or not row.waits_for:
        raise ValueError(
            f"{organisation.slug} has no change {number} that waits for anybody; see gatehouse lists history"
        )
    if row.waits_for != by:
        raise ValueError(f"change {number} waits for {row.waits_for}, not for {by}")
    change = library_layers.read(row, shipped)
    if row.agreed_at is None:
        library_layers.check(session, organisation, change, shipped, now)
        row.agreed_at = now
        said = f"Agreed to change {number} of {row.by}. {library_layers.sentence(change)} Reason: {row.why}"
    else:
        row.withdrawn_at = now
        what = f"Agreed that {row.withdrawn_by} withdraws change {number}."
        said = f"{what} {library_layers.sentence(change)} Reason: {row.withdrawal_why}"
    actor = f"reviewer:{by}"
    chronology.add(session, organisation.id, at=now, actor=actor, kind=EntryKind.LIBRARY_CHANGED, text=said)
    return row


def waiting(session: Session, organisation: Organisation) -> list[LibraryChange]:
    """What somebody is still to agree to, of the organisation and its trust, the oldest first."""
    wanted = select(LibraryChange).where(
        LibraryChange.organisation_id.in_(organisations.levels(organisation)), LibraryChange.withdrawn_at.is_(None)
    )
    return [row for row in session.scalars(wanted.order_by(LibraryChange.id)) if row.waits_for]
