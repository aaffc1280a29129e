"""A library with all that is built of it: what is kept of it, or else built by a child, whose memory is gone with it.

``main`` (NAME, and FOLDER or -) is that child: of a folder, or of a signed bundle on standard input whose signature has
been checked. It writes what it built to standard output: a device keeps nothing of a school's phrases on its disk that
is not encrypted.
"""

import hashlib
import os
import subprocess
import sys
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import detection
from detection import kept_library, library_bundle
from detection.beginnings import SWIFT, Room
from detection.child_python import child_python
from detection.installed_file import InstalledFile
from detection.kept_sections import Piece
from detection.library import SHIPPED, Library, LibraryError, load
from detection.library_bundle import Bundle
from detection.own_file import OwnFile, keep_newest
from detection.word_graph import NUMBERS

MOST = 3
"""Kept in one folder; those read longest ago go."""
LONGEST = 300.0
"""Seconds that building may take."""
_CODE = Path(detection.__file__).parent
_STDIN = "-"
INSTALLED = InstalledFile(_CODE.parent / "library.kept")
"""The shipped one, as it was built when this code was installed (``detection.shipped_library``), if it was."""


_Found = tuple[Library, Mapping[str, Any]]


class Readable(Protocol):
    def read(self) -> Piece: ...


class Holds(Readable, Protocol):
    """Where one such library is kept: a ``detection.kept_file.Kept`` is one."""

    def replace(self, content: bytes) -> None: ...


def cache_folder() -> Path:
    """Where programs keep what they can do without."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gatehouse"


@dataclass(frozen=True, slots=True)
class Building:
    """For one program: it keeps the library it had last."""

    holds: Holds
    room: Room = SWIFT
    installed: InstalledFile = INSTALLED

    def of_folder(self, phrases: Path) -> Library:
        """LibraryError where there is no library. That it cannot be kept is no error."""
        name = name_of(phrases)
        found = _read(self.installed, name, self.room) if phrases == SHIPPED else None
        found = found or _kept(name, str(phrases), b"", self.holds, self.room)
        return found[0] if found else load(phrases)

    def of_bundle(self, signed: bytes, in_force: int = 0) -> Bundle:
        """As ``library_bundle.read``."""
        if found := _kept(_name(signed), _STDIN, signed, self.holds, self.room):
            library, more = found
            return library_bundle.again(more, library, in_force)
        return library_bundle.read(signed, in_force)


def in_cache(phrases: Path, folder: Path) -> Library:
    """``Building.of_folder``, with a file in ``folder`` for each of a few libraries."""
    made = Building(OwnFile(folder / f"library-{name_of(phrases)}.kept")).of_folder(phrases)
    with suppress(OSError):
        keep_newest(folder, "library-*", MOST)
    return made


def _read(kept: Readable, name: str, room: Room) -> _Found | None:
    try:
        return kept_library.opened(kept.read(), name, room)
    except OSError:
        return None


def _kept(name: str, source: str, content: bytes, holds: Holds, room: Room) -> _Found | None:
    if found := _read(holds, name, room):
        return found
    piece: Piece = (built := _built_by_child(name, source, content))
    with suppress(OSError):
        if built:
            holds.replace(built)
            piece = holds.read()
    return kept_library.opened(piece, name, room)


def _built_by_child(name: str, source: str, content: bytes) -> bytes:
    """Nothing where it could not be built: the caller does the same, and says what is wrong."""
    command = [*child_python("detection.library_building", "nacl"), name, source]
    try:
        done = subprocess.run(
            command, input=content, timeout=LONGEST, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _name(*of: bytes) -> str:
    """Of what it is made of, the code that makes it, and how this machine writes numbers."""
    digest = hashlib.sha256(f"{sys.byteorder} {array(NUMBERS).itemsize}".encode())
    for each in (*_files(_CODE, "*.py"), *of):
        digest.update(hashlib.sha256(each).digest())
    return digest.hexdigest()[:32]


def name_of(phrases: Path) -> str:
    """The same wherever it lies: it is built in one folder and used in another."""
    return _name(*_files(phrases, "*.toml"))


def _files(folder: Path, pattern: str) -> Iterator[bytes]:
    for file in sorted(folder.rglob(pattern)):
        with suppress(OSError):  # what is wrong with a file is said by who loads it
            yield file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes()


def packed_bundle(signed: bytes, name: str, installed: InstalledFile = INSTALLED, phrases: Path = SHIPPED) -> bytes:
    """A school that changed nothing is given the shipped library, of which nothing need be built again."""
    library, more = library_bundle.read(signed).library, library_bundle.about(signed)
    with suppress(OSError):
        found = kept_library.opened(piece := installed.read(), name_of(phrases))
        if found and found[0].version == library.version:
            return kept_library.renamed(piece, name, more)
    return kept_library.packed(library, name, more)


def main(argv: list[str]) -> int:
    name, source = argv
    with suppress(OSError, AttributeError):  # Windows has no nice
        os.nice(5)
    try:
        if source == _STDIN:
            signed = sys.stdin.buffer.read()
            built = packed_bundle(signed, name)
        else:
            built = kept_library.packed(load(Path(source)), name)
    except (LibraryError, library_bundle.BundleError):
        return 1
    sys.stdout.buffer.write(built)
    return 0
