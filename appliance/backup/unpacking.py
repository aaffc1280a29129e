"""Read a backup from beginning to end, and believe nothing of it that was not checked."""

import hashlib
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, BinaryIO, cast

from appliance.backup.packing import ABOUT, DATABASE, END, VERSION
from appliance.backup.sealed_file import SealedFileError, SealedReader

PIECE = 1 << 20
_OBJECT = re.compile(r"vault/([0-9a-f]{64})")
_SETTINGS = re.compile(r"settings/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.toml")
_KEY = re.compile(r"keys/(appliance|library)\.key\.[0-9a-f]{64}")
Take = Callable[[str, Iterator[bytes]], None]
"""Gets each member's name and its content in pieces, and must read them all."""


@dataclass(slots=True)
class Contents:
    at: datetime | None = None
    objects: int = 0
    settings: int = 0
    keys: int = 0
    database: int = 0
    """Bytes."""
    damaged: list[str] = field(default_factory=list)
    """Pictures and evidence that do not hash to their name: they were so on the machine that was backed up."""


def read(file: BinaryIO, key: bytes, take: Take | None = None, *, whole: bool = False) -> Contents:
    """SealedFileError unless all of it is as it was written. ``take`` must not trust what it gets before the end."""
    sealed = SealedReader(file, key, whole=whole)
    contents, said = Contents(), dict[str, int]()
    try:
        with tarfile.open(fileobj=cast("BinaryIO", sealed), mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None:
                    raise SealedFileError(f"{member.name}: is no file")
                _member(member.name, content, contents, said, take)
    except (tarfile.TarError, EOFError) as e:
        raise SealedFileError("its contents are not in order") from e
    sealed.finish()
    found = {"objects": contents.objects, "settings": contents.settings, "keys": contents.keys}
    if said != found or not contents.database:
        raise SealedFileError(f"it is not complete: {found} where {said} were packed")
    return contents


def _member(name: str, content: IO[bytes], contents: Contents, said: dict[str, int], take: Take | None) -> None:
    if name == ABOUT:
        about = json.loads(content.read())
        if about["version"] != VERSION:
            raise SealedFileError(f"it was made by a newer Gatehouse (form {about['version']})")
        contents.at = datetime.fromisoformat(about["at"])
    elif name == END:
        said.update(json.loads(content.read()))
    else:
        _payload(name, content, contents, take)


def _payload(name: str, content: IO[bytes], contents: Contents, take: Take | None) -> None:
    found = _OBJECT.fullmatch(name)
    if not (found or name == DATABASE or _SETTINGS.fullmatch(name) or _KEY.fullmatch(name)):
        raise SealedFileError(f"{name}: does not belong into a backup")
    digest, size = hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
            yield piece

    (take or _through)(name, pieces())
    if found:
        contents.objects += 1
        if digest.hexdigest() != found[1]:
            contents.damaged.append(found[1])
    contents.database += size if name == DATABASE else 0
    contents.settings += name.startswith("settings/")
    contents.keys += name.startswith("keys/")


def _through(name: str, pieces: Iterator[bytes]) -> None:
    for _ in pieces:
        pass
