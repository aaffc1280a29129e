"""The lists of illegal content in force: read at the start, read again when their files change, the last good kept."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nacl.signing import VerifyKey

from detection.illegal_list import ALGORITHMS, IllegalList, ListError, verify
from detection.repeating import Repeating
from detection.settings import SettingsError

log = logging.getLogger(__name__)
Stamp = tuple[int, int, int]
"""What tells one edition's file from another's, without reading it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    list_name: str
    edition: str
    """Which edition of the list, in words."""
    entry: str
    """The hash that is listed; never what it is the hash of."""
    is_file: bool
    """Whether a file is listed, not an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsState:
    running: bool
    entries: int
    last_error: str


class IllegalLists:
    """Nobody can switch it off but whoever writes the sensor's settings file. SettingsError for a list that will not
    do at the start; later that is an error in ``state``, and the edition in force stays."""

    def __init__(self, files: Sequence[Path], key: VerifyKey | None, *, every: float = 60.0) -> None:
        self._key, self._every = key, every
        self._lists: dict[Path, IllegalList] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._errors: dict[Path, str] = {}
        self._looking = Repeating("illegal-lists", self._turn, first=every)
        for file in files:
            try:
                self._read(file)
            except (ListError, OSError) as e:
                raise SettingsError(f"{file}: illegal_lists: {_said(e)}") from e
        self._files = tuple(files)

    @property
    def algorithms(self) -> tuple[str, ...]:
        """What bodies must be hashed with to be looked up; none where no list holds files."""
        return tuple(of for of in ALGORITHMS if any(each.bodies[of] for each in self._all()))

    @property
    def state(self) -> ListsState:
        running = not self._files or self._looking.running
        entries = sum(each.entries for each in self._all())
        return ListsState(running=running, entries=entries, last_error="; ".join(self._errors.values()))

    def names_host(self, host: str) -> bool:
        return any(each.names_host(host) for each in self._all())

    def address(self, host: str, target: str) -> Hit | None:
        """``target``: path and query as they were asked for."""
        for each in self._all():
            if entry := each.address(host, target):
                return _hit(each, entry, is_file=False)
        return None

    def body(self, digests: Mapping[str, bytes]) -> Hit | None:
        """``digests``: of one whole body, by algorithm."""
        for each in self._all():
            for of, digest in digests.items():
                if digest in each.bodies[of]:
                    return _hit(each, digest.hex(), is_file=True)
        return None

    def start(self) -> None:
        if self._files:
            self._looking.start()

    def stop(self, timeout: float) -> bool:
        return self._looking.stop(timeout)

    def refresh(self) -> None:
        """Look once whether there are newer editions."""
        for file in self._files:
            try:
                self._read(file)
            except (ListError, OSError) as e:
                self._complain(file, f"{file}: {_said(e)}")
            else:
                self._errors.pop(file, None)

    def _all(self) -> tuple[IllegalList, ...]:
        return tuple(self._lists.values())

    def _read(self, file: Path) -> None:
        if (stamp := _stamp(file)) == self._stamps.get(file):
            return
        if self._key is None:
            raise ListError("cannot be checked without illegal_key")
        in_force = self._lists[file].serial if file in self._lists else 0
        self._lists[file] = verify(file.read_bytes(), self._key, in_force)
        self._stamps[file] = stamp

    def _complain(self, file: Path, error: str) -> None:
        if self._errors.get(file) != error:
            log.error("%s; the edition in force stays", error)
        self._errors[file] = error

    def _turn(self) -> float:
        self.refresh()
        return self._every


def digests(body: bytes, algorithms: Sequence[str]) -> dict[str, bytes]:
    return {of: hashlib.new(of, body, usedforsecurity=False).digest() for of in algorithms}


def _hit(found: IllegalList, entry: str, *, is_file: bool) -> Hit:
    edition = f"edition {found.serial} of {found.built_at:%Y-%m-%d}"
    return Hit(list_name=found.name, edition=edition, entry=entry, is_file=is_file)


def _stamp(file: Path) -> Stamp:
    found = file.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _said(error: ListError | OSError) -> str:
    return f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
