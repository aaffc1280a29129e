"""A release as one file: the program's parts, and the wheels its environments are made of."""

import shutil
import tarfile
from pathlib import Path, PurePosixPath

from appliance.provisioning.release import PARTS

WHEELS = "wheels"
MOST_BYTES = 4 << 30
"""Unpacked. A signed archive is trusted, but a mistake need not fill the disk."""


def pack(source: Path, wheels: Path | None, to: Path) -> None:
    with tarfile.open(to, "w:gz", compresslevel=6) as archive:
        for part in PARTS:
            archive.add(source / part, part, filter=_plain)
        if wheels:
            archive.add(wheels, WHEELS, filter=_plain)


def unpack(archive: Path, to: Path) -> None:
    """All of it or nothing. Files and folders alone, readable by everybody and writable by root."""
    draft = to.with_name(f".{to.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o755)
    left = MOST_BYTES
    try:
        with tarfile.open(archive, "r:gz") as packed:
            for member in packed:
                left -= member.size
                if left < 0:
                    raise ValueError(f"{archive.name}: is larger than any release of ours")
                _one(packed, member, draft)
    except (tarfile.TarError, EOFError, OSError, ValueError) as e:
        shutil.rmtree(draft, ignore_errors=True)
        raise ValueError(f"{archive.name}: cannot be unpacked: {e}") from e
    shutil.rmtree(to, ignore_errors=True)
    draft.rename(to)


def _one(packed: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not (member.isreg() or member.isdir()):
        raise ValueError("it holds what no release holds: a link, a device or a way out of its folder")
    to = folder / name
    if member.isdir():
        to.mkdir(parents=True, exist_ok=True)
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    content = packed.extractfile(member)
    if content is None:
        raise ValueError(f"{member.name} has no content")
    with content, to.open("xb") as out:
        shutil.copyfileobj(content, out)
    to.chmod(0o755 if member.mode & 0o111 else 0o644)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """The same on whichever machine it is packed."""
    if "__pycache__" in PurePosixPath(member.name).parts:
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = 0
    return member
