"""The trust's and the school's lists on disk: read, changed and replaced in one step, with a line for every change."""

import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from detection.private_file import replace_privately
from detection.unopened.entry import Entry
from detection.unopened.layers import Layer, Layers, files, load_layers
from detection.unopened.list_file import load, written

CHANGES = "changes.log"
"""Beside the lists: who changed what, when and why, also of what is in them no more."""
FOR_ALL = 0o644
"""Workers are other users."""
OPENING = "Kept by gatehouse bypass; what is changed here by hand counts as well."


class KeptLists:
    def __init__(self, place: Path | None, own: Iterable[str] = ()) -> None:
        """``place``: as the gateway's settings name it. Raises SettingsError for a list that cannot be read."""
        self._place, self._own = place, tuple(own)
        self.layers: Layers = load_layers(place, own)

    def file(self, layer: Layer) -> Path:
        if self._place is None:
            raise ValueError("the gateway's settings name no place for lists; set “bypass” there to a folder first")
        if found := files(self._place).get(layer):
            return found
        raise ValueError(f"{self._place} is the school's list; for one of the trust's “bypass” must name a folder")

    def entries(self, layer: Layer) -> dict[str, Entry]:
        file = self.file(layer)
        return {entry.domain: entry for entry in load(file)} if file.exists() else {}

    @contextmanager
    def changing(self, layer: Layer) -> Iterator[dict[str, Entry]]:
        """Its entries, to be changed in place; one who changes it at the same time waits."""
        file = self.file(layer)
        with _lock(file.parent / ".lock"):
            entries = self.entries(layer)
            before = dict(entries)
            yield entries
            if entries != before:
                text = written(entries.values(), OPENING)
                replace_privately(file, text.encode(), mode=FOR_ALL)

    def note(self, at: datetime, what: Mapping[str, object]) -> None:
        folder = self.file(Layer.SCHOOL).parent
        with (folder / CHANGES).open("a", encoding="utf-8") as log:
            log.write(json.dumps({"at": at.isoformat(timespec="seconds"), **what}, ensure_ascii=False) + "\n")


@contextmanager
def _lock(file: Path) -> Iterator[None]:
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
