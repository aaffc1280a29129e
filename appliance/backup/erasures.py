"""Which entries' words were erased: a list without a word of them, so that an older backup does not bring them back."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText
from detection.private_file import replace_privately

FILE = "erased.json"
"""Beside the backups; replaced with each."""


def write(session: Session, file: Path) -> None:
    same = (EntryText.organisation_id == Entry.organisation_id) & (EntryText.sequence == Entry.sequence)
    gone = select(Entry).outerjoin(EntryText, same).where(EntryText.sequence.is_(None))
    rows = [[each.organisation_id, each.sequence, each.hash] for each in session.scalars(gone)]
    replace_privately(file, json.dumps(rows).encode())


def apply(session: Session, file: Path, now: datetime) -> int:
    """Erase again what the list names and is here; how many. ValueError where it is no such list."""
    try:
        rows = [(int(school), int(sequence), str(hash)) for school, sequence, hash in json.loads(file.read_bytes())]
    except (ValueError, TypeError) as e:
        raise ValueError(f"{file}: is no list of erased entries") from e
    erased = 0
    for school, sequence, hash in rows:
        entry = session.get(Entry, (school, sequence))
        # By its hash: another chain may have another entry in that place.
        if entry is None or entry.hash != hash or entry.text is None or entry.kind == EntryKind.ERASED:
            continue
        chronology.erase_text(session, entry, "system", now)
        erased += 1
    return erased
