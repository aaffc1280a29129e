"""Where a backup is restored to: an empty folder, or the places a machine's settings name, if nothing lives there."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from appliance import store
from appliance.backup import postgres, snapshot
from appliance.backup.packing import DATABASE
from appliance.config import ApplianceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    database: Path
    """Of the records as a file; where they live in PostgreSQL it is only their way there."""
    vault: Path
    keys: dict[str, Path]
    """``appliance.key`` and ``library.key``, and the public half of each beside it."""
    settings: Path
    postgresql: str | None = None
    """Its URL, where the records live there."""

    @property
    def url(self) -> str:
        return self.postgresql or f"sqlite:///{self.database.resolve()}"

    @property
    def records(self) -> str:
        """For people to read."""
        return store.shown(self.postgresql) if self.postgresql else str(self.database)

    def all(self) -> list[Path]:
        return [*([] if self.postgresql else [self.database]), self.vault, self.settings, *self.keys.values()]

    def must_be_free(self) -> None:
        """ValueError naming what lives there already."""
        self.database_must_be_empty()
        if there := self._taken():
            raise ValueError(
                f"{there[0]} is there already, and nothing is written over; restore --into an empty folder, or stop "
                "every program and say --put-aside"
            )

    def database_must_be_empty(self) -> None:
        """Nobody but its owner gives a database of PostgreSQL another name."""
        if self.postgresql:
            postgres.must_be_empty(self.postgresql)

    def put_aside(self, named: str) -> list[Path]:
        """Give what lives there another name; which. ValueError while a program has the records open."""
        if not self.postgresql and _in_use(self.database):
            raise ValueError(
                f"{self.database}: a program has it open; stop gatehouse-appliance, -worker, -console and -agents"
            )
        return [place.rename(place.with_name(f"{place.name}.{named}")) for place in self._taken()]

    def _taken(self) -> list[Path]:
        ends = () if self.postgresql else ("-wal", "-shm")
        journal = [self.database.with_name(f"{self.database.name}{end}") for end in ends]
        return [
            place for place in (*self.all(), *journal) if place.is_file() or (place.is_dir() and any(place.iterdir()))
        ]


def within(folder: Path) -> Places:
    """ValueError unless the folder is empty or not there yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder}: is not an empty folder")
    keys = _pairs({name: folder / "keys" / name for name in ("appliance.key", "library.key")})
    return Places(database=folder / DATABASE, vault=folder / "vault", keys=keys, settings=folder / "settings")


def of(loaded: ApplianceSettings, config: Path) -> Places:
    keys = {"appliance.key": loaded.private_key}
    if loaded.library_key:
        keys["library.key"] = loaded.library_key
    file = snapshot.file_of(loaded.database)
    return Places(
        database=file or loaded.vault.with_name(DATABASE),
        vault=loaded.vault,
        keys=_pairs(keys),
        settings=config.parent / "restored-settings",
        postgresql=None if file else loaded.database,
    )


def _pairs(private: dict[str, Path]) -> dict[str, Path]:
    public = {f"{Path(name).stem}.pub": file.with_suffix(".pub") for name, file in private.items()}
    return {**private, **public}


def _in_use(database: Path) -> bool:
    """Whoever closes SQLite last takes its journal away."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return database.with_name(f"{database.name}-wal").exists()


def settings_for(places: Places, folder: Path) -> Path:
    """A settings file with which the commands look into what was restored into a folder."""
    file = folder / "appliance.toml"
    lines = [f"database = {json.dumps(places.url)}", 'vault = "vault"']
    lines += [f"private_key = {json.dumps('keys/appliance.key')}"]
    if places.keys["library.key"].exists():
        lines += [f"library_key = {json.dumps('keys/library.key')}"]
    file.write_text("\n".join([*lines, ""]))
    return file


@contextmanager
def drafts(places: Places) -> Iterator[Places]:
    """The same places under other names, which become these when all went well and vanish when it did not."""
    made = Places(
        database=_draft(places.database),
        vault=_draft(places.vault),
        keys={name: _draft(file) for name, file in places.keys.items()},
        settings=_draft(places.settings),
        postgresql=places.postgresql,
    )
    pairs = list(zip(made.all(), places.all(), strict=True))
    for draft, _ in pairs:
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield made
        for draft, place in pairs:
            if draft.exists():
                _take_over(draft, place.parent)
                if place.is_dir():
                    place.rmdir()  # empty, or it would not have been free
                draft.rename(place)
    finally:
        for draft in (made.database, *made.all()):
            _remove(draft)


def _draft(place: Path) -> Path:
    return place.with_name(f".restoring-{place.name}")


def _take_over(draft: Path, folder: Path) -> None:
    """Whoever owns the folder owns what is restored into it: programs do not run as root."""
    owner = folder.stat()
    for path in (draft, *draft.rglob("*")) if draft.is_dir() else (draft,):
        os.chown(path, owner.st_uid, owner.st_gid)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
