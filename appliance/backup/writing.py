"""Write a backup so that it is there whole or not at all, read it again at once, and say in every chain how it went."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chronology
from appliance.backup import erasures, packing, snapshot, unpacking
from appliance.backup.unpacking import Contents
from appliance.config import ApplianceSettings
from appliance.entry_kinds import EntryKind
from appliance.models import Organisation
from appliance.room import room_of
from detection.private_file import replacing

NAME = "gatehouse-%Y%m%dT%H%M%SZ.backup"
_OURS = re.compile(r"gatehouse-\d{8}T\d{6}Z\.backup")


def write(
    sessions: sessionmaker[Session],
    loaded: ApplianceSettings,
    settings: Path,
    to: Path,
    holders: Sequence[bytes],
    now: datetime,
) -> tuple[Path, Contents]:
    """``to``: a file that is not there yet, or a folder, for a name by the time. Where it fails, that is an entry."""
    file = to / now.strftime(NAME) if to.is_dir() else to
    if file.exists():
        raise ValueError(f"{file}: is there already, and no backup is written over")
    try:
        contents = _written(file, loaded, settings, holders, now)
    except (OSError, ValueError) as e:
        _say(sessions, EntryKind.NOT_BACKED_UP, f"No backup was made: {_reason(e)}.", now)
        raise
    known = ", ".join(each.hex()[:8] for each in holders)
    size = file.stat().st_size / 2**20
    said = (
        f"Backed up to {file.name}: the records and {contents.objects} pictures and pieces of evidence, {size:.1f} MB, "
        f"read again and whole, for the keys {known}. Its SHA-256 is {sha256(file)}."
    )
    _say(sessions, EntryKind.BACKED_UP, said, now)
    with sessions() as session:
        erasures.write(session, file.with_name(erasures.FILE))
    return file, contents


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest backups named by their time; what was removed."""
    ours = sorted(file for file in folder.iterdir() if _OURS.fullmatch(file.name))
    old = ours[: max(0, len(ours) - keep)]
    for file in old:
        file.unlink()
    return old


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _written(
    file: Path, loaded: ApplianceSettings, settings: Path, holders: Sequence[bytes], now: datetime
) -> Contents:
    _must_fit(loaded)
    with replacing(file) as draft:
        key = packing.pack(draft, loaded, settings, holders, now)
        draft.flush()
        with Path(draft.name).open("rb") as opened:
            return unpacking.read(opened, key, whole=True)


def _must_fit(loaded: ApplianceSettings) -> None:
    """A copy of the records lies beside them for a while; detections need that room more."""
    room = room_of(loaded)
    needed = snapshot.size(loaded.database) + room.pictures
    if (free := room.free()) < needed:
        raise ValueError(f"{free // 2**20} MB are free beside the records; a backup needs {needed // 2**20 + 1}")


def _say(sessions: sessionmaker[Session], kind: EntryKind, said: str, now: datetime) -> None:
    with sessions.begin() as session:
        for id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
            chronology.add(session, id, at=now, actor="system", kind=kind, text=said)


def _reason(error: Exception) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
