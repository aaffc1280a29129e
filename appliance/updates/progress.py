"""Which update is under way, on disk: whoever comes after a run that was killed can finish it or take it back."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from detection.json_object import parse_time
from detection.private_file import replace_privately, settle


@dataclass(frozen=True, slots=True)
class UnderWay:
    before: str
    """The release that ran; empty where none did."""
    version: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    folder: Path

    @contextmanager
    def alone(self) -> Iterator[int]:
        """One run at a time. ``provision`` is handed this: it may go on for a while after its caller was killed."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as e:
                raise ValueError("another gatehouse update is at work; wait until it has ended") from e
            yield lock.fileno()

    def begin(self, under_way: UnderWay) -> None:
        said = {"before": under_way.before, "version": under_way.version, "since": under_way.since.isoformat()}
        self._write(self._under_way, said)

    def end(self) -> None:
        self._under_way.unlink(missing_ok=True)
        settle(self.folder)

    def under_way(self) -> UnderWay | None:
        try:
            said = json.loads(self._under_way.read_text("utf-8"))
            return UnderWay(str(said["before"]), str(said["version"]), parse_time(said["since"], "since"))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as e:
            raise ValueError(f"{self._under_way}: cannot be understood; remove it and run it again: {e}") from e

    def took_back(self, version: str) -> None:
        """With it the box was not well: nobody who is not there to look should try it again."""
        self._write(self._taken_back, {"version": version})

    def was_taken_back(self, version: str) -> bool:
        try:
            return bool(json.loads(self._taken_back.read_text("utf-8"))["version"] == version)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    @property
    def _under_way(self) -> Path:
        return self.folder / "under-way.json"

    @property
    def _taken_back(self) -> Path:
        return self.folder / "taken-back.json"

    def _write(self, file: Path, said: dict[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_privately(file, json.dumps(said).encode())
        settle(self.folder)
