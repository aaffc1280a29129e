"""Put everything a new machine needs into one stream: records, vault, settings, and our keys, sealed once more.

Never the authority's keys, nor a password, a token in clear, or what cookies are signed with: those are made anew.
"""

import io
import json
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from nacl.public import PublicKey, SealedBox

from appliance.backup import snapshot
from appliance.backup.sealed_file import SealedWriter
from appliance.config import ApplianceSettings
from images.vault import Vault

ABOUT, END, DATABASE = "about.json", "end.json", "gatehouse.db"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What the last member says, so that what is missing shows."""

    objects: int
    settings: int
    keys: int


def pack(out: BinaryIO, loaded: ApplianceSettings, settings: Path, holders: Sequence[bytes], now: datetime) -> bytes:
    """Write a whole backup; gives the file's own key, with which it can be read again. ``settings``: their folder."""
    database = snapshot.file_of(loaded.database)
    beside = database.parent if database else loaded.vault.parent
    sealed = SealedWriter(out, holders)
    with (
        tempfile.TemporaryDirectory(dir=beside, prefix=".backup-") as folder,
        tarfile.open(fileobj=cast("BinaryIO", sealed), mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        _add(tar, ABOUT, _json({"version": VERSION, "at": now.isoformat(), "holders": [h.hex() for h in holders]}))
        vault, packed = Vault(loaded.vault), set[str]()
        # Pictures are replaced while this runs: what the records name is among what was here before or came since.
        _objects(tar, loaded.vault, vault, packed)
        copy = Path(folder) / DATABASE
        snapshot.copy(loaded.database, copy)
        tar.add(copy, DATABASE, filter=_plain)
        _objects(tar, loaded.vault, vault, packed)
        texts = [file for file in sorted(settings.glob("*.toml")) if file.is_file()]
        for file in texts:
            _add(tar, f"settings/{file.name}", file.read_bytes())
        keys = list(_keys(loaded, holders))
        for name, content in keys:
            _add(tar, name, content)
        _add(tar, END, _json(asdict(Packed(objects=len(packed), settings=len(texts), keys=len(keys)))))
    sealed.finish()
    return sealed.key


def _objects(tar: tarfile.TarFile, folder: Path, vault: Vault, packed: set[str]) -> None:
    for name in vault.names():
        if name in packed:
            continue
        try:
            tar.add(folder / name[:2] / name[2:4] / name, f"vault/{name}", filter=_plain)
        except FileNotFoundError:
            continue  # replaced since it was listed
        packed.add(name)


def _keys(loaded: ApplianceSettings, holders: Sequence[bytes]) -> Iterable[tuple[str, bytes]]:
    """Sealed to each holder apart: whoever reads the stream on the way still has no key of ours."""
    for name, file in (("appliance.key", loaded.private_key), ("library.key", loaded.library_key)):
        if file is not None:
            content = file.read_bytes()
            for holder in holders:
                yield f"keys/{name}.{holder.hex()}", SealedBox(PublicKey(holder)).encrypt(content)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
