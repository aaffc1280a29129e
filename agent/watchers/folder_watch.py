"""Hear from the system which files in some folders were written or moved there, even if a folder is not there yet."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from agent.watchers.folders import Folder

Touched = Callable[[Folder, Path], None]
"""Told of each file's path below the folder's own, from a thread of the observer's."""
_SAYS_CLOSED = sys.platform == "linux"
"""Elsewhere the system tells of each write, and none of the last."""
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileMovedEvent,
    FileClosedEvent if _SAYS_CLOSED else FileModifiedEvent,
]
Identity = tuple[int, int]
logging.getLogger("watchdog").propagate = False  # it names paths


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    identity: Identity
    watch: ObservedWatch


class FolderWatch:
    """Its methods are for one thread."""

    def __init__(self, touched: Touched) -> None:
        self._touched = touched
        self._observer: BaseObserver | None = None
        self._watched: dict[Folder, _Watched] = {}
        self._refused = 0

    def attend(self, folders: Sequence[Folder]) -> Sequence[Folder]:
        """Watch these and no others from now on; to be called now and then, because folders come, go and are replaced.

        Those that are watched only from now on are the answer.
        """
        there = {folder: found for folder in folders if (found := _identity(folder.path))}
        for folder, known in list(self._watched.items()):
            if there.get(folder) != known.identity:
                self._leave(folder)
        self._refused = 0
        new = [folder for folder in there if folder not in self._watched and self._watch(folder, there[folder])]
        if not self._watched:
            self.close()
        return new

    def unseen(self) -> Sequence[str]:
        return [f"{self._refused} folders cannot be watched: the system refuses it"] if self._refused else []

    def close(self) -> None:
        observer, self._observer = self._observer, None
        self._watched.clear()
        if observer:
            stopping = threading.Thread(target=observer.stop, daemon=True)  # it waits for whatever it does just now
            stopping.start()
            stopping.join(0.5)

    def _watch(self, folder: Folder, identity: Identity) -> bool:
        path = os.path.realpath(folder.path)
        try:
            watch = self._running().schedule(
                _Handler(folder, path, self._touched), path, recursive=True, event_filter=_EVENTS
            )
        except OSError:
            self._refused += 1
            return False
        self._watched[folder] = _Watched(identity=identity, watch=watch)
        return True

    def _leave(self, folder: Folder) -> None:
        known = self._watched.pop(folder)
        if self._observer:
            self._observer.unschedule(known.watch)

    def _running(self) -> BaseObserver:
        if self._observer is None:
            self._observer = Observer()
            self._observer.start()
        return self._observer


class _Handler(FileSystemEventHandler):
    def __init__(self, folder: Folder, watched: str, touched: Touched) -> None:
        self._folder, self._watched, self._touched = folder, Path(watched), touched

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = event.dest_path if event.event_type == "moved" else event.src_path
        if not event.is_directory and path:
            self._touched(self._folder, Path(os.fsdecode(path)).relative_to(self._watched))


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if path.is_dir() else None
