"""A library and the automatons built of it, kept for the next replay: to build them takes longer than most captures.

What is kept is a pickle, which may do anything when it is read, as a ``.pyc`` may. So it is read only where nobody but
this user could have written it, and it is named by all that it was made of.
"""

import hashlib
import os
import pickle
import platform
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

import detection
from detection.library import SHIPPED, Library, load
from detection.matcher import Matcher

MOST = 3
"""Kept at once; those read longest ago go."""
_CODE = Path(detection.__file__).parent
_OURS_ALONE = 0o077


@dataclass(frozen=True, slots=True)
class Built:
    library: Library
    matcher: Matcher


def cache_folder() -> Path:
    """Where programs keep what they can do without."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gatehouse"


def built(phrases: Path, kept_in: Path) -> Built:
    """LibraryError where there is no library. That it cannot be kept is no error."""
    file = kept_in / f"library-{_name(phrases)}.zst"
    if found := _read(file):
        return found
    library = load(phrases)
    made = Built(library, Matcher(library))
    with suppress(OSError):
        _write(made, file)
    return made


def _name(phrases: Path) -> str:
    """Of every file of the library and of the code that reads it."""
    digest = hashlib.sha256(f"{platform.python_version()} {version('pyahocorasick')}".encode())
    for file in (*_files(_CODE, "*.py"), *_files(SHIPPED, "*.toml"), *_files(phrases, "*.toml")):
        with suppress(OSError):  # what is wrong with it is said by who loads it
            digest.update(hashlib.sha256(file.read_bytes()).digest() + str(file).encode())
    return digest.hexdigest()[:32]


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return iter(sorted(folder.rglob(pattern)))


def _read(file: Path) -> Built | None:
    with suppress(OSError, ZstdError, pickle.UnpicklingError, EOFError), file.open("rb") as opened:
        if not (_is_ours(os.stat(file.parent)) and _is_ours(os.fstat(opened.fileno()))):
            return None
        os.utime(file)
        found = pickle.loads(ZstdDecompressor().decompress(opened.read()))  # noqa: S301 - see above
        return found if isinstance(found, Built) else None
    return None


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _OURS_ALONE


def _write(made: Built, file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(file.parent.stat()):
        return
    packed = ZstdCompressor(level=3, write_checksum=True).compress(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as opened:
        opened.write(packed)
    Path(opened.name).replace(file)
    for old in sorted(file.parent.glob("library-*.zst"), key=lambda each: -each.stat().st_mtime)[MOST:]:
        old.unlink(missing_ok=True)
