"""Make a living store of a backup again: all of it is checked first, then written aside, then moved into place."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology, store
from appliance.backup import erasures, postgres, unpacking
from appliance.backup.packing import DATABASE
from appliance.backup.places import Places, drafts
from appliance.backup.unpacking import Contents
from appliance.entry_kinds import EntryKind
from appliance.models import Organisation


def restore(file: Path, key: bytes, places: Places, aside: str = "") -> Contents:
    """SealedFileError before anything is written, unless the file is whole and for this key. ``aside``: what is put
    behind the name of what lives there."""
    if not aside:
        places.must_be_free()
    with file.open("rb") as opened:
        contents = unpacking.read(opened, key)
    if aside:
        places.database_must_be_empty()
        places.put_aside(aside)
    with ExitStack() as stack:
        # Around the drafts, so that it is committed last: after what may still fail.
        target = stack.enter_context(postgres.filling(places.postgresql)) if places.postgresql else None
        made = stack.enter_context(drafts(places))
        with file.open("rb") as opened:
            if unpacking.read(opened, key, _Writer(made, key).take) != contents:
                raise ValueError(f"{file}: was changed while it was read")
        if target is not None:
            postgres.fill(target, made.database)
    return contents


def go_on(places: Places, contents: Contents, erased: Path | None, now: datetime) -> int:
    """Bring the records up to this program's version, say in each chain that they were restored, and erase again what
    ``erased`` names; how many entries that were."""
    store.migrate(places.url)
    with store.sessions(places.url).begin() as session:
        _say(session, contents, now)
        return erasures.apply(session, erased, now) if erased else 0


def _say(session: Session, contents: Contents, now: datetime) -> None:
    made = f"{contents.at:%Y-%m-%d %H:%M} UTC" if contents.at else "an unknown time"
    for organisation in session.scalars(select(Organisation).order_by(Organisation.id)):
        said = f"Restored from the backup of {made}, which had {organisation.chain_length} entries. What came later is "
        said += "not here, unless sensors still had it."
        chronology.add(session, organisation.id, at=now, actor="system", kind=EntryKind.RESTORED, text=said)


class _Writer:
    def __init__(self, places: Places, key: bytes) -> None:
        self._places, self._private = places, PrivateKey(key)

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        folder, _, rest = name.partition("/")
        if name == DATABASE:
            _write(self._places.database, pieces)
        elif folder == "vault":
            _write(self._places.vault / rest[:2] / rest[2:4] / rest, pieces)
        elif folder == "settings":
            _write(self._places.settings / rest, pieces)
        elif folder == "keys":
            self._key(rest, b"".join(pieces))

    def _key(self, name: str, sealed: bytes) -> None:
        """Each is there once for every holder; only ours can be opened."""
        what, _, holder = name.rpartition(".")
        if holder != bytes(self._private.public_key).hex() or what not in self._places.keys:
            return
        content = SealedBox(self._private).decrypt(sealed)
        signs = what.startswith("library")
        public = SigningKey(content).verify_key if signs else PrivateKey(content).public_key
        _write(self._places.keys[what], iter([content]))
        _write(self._places.keys[f"{Path(what).stem}.pub"], iter([bytes(public)]))


def _write(file: Path, pieces: Iterator[bytes]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with file.open("wb") as out:
        for piece in pieces:
            out.write(piece)
