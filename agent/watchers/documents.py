"""Watch the folders of the orders: what is saved there is read once it has settled, by a thread that sleeps else."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.document_child import DocumentChild
from agent.watchers.folder_watch import FolderWatch
from agent.watchers.folders import Folder, folders
from agent.watchers.passing_names import is_passing
from agent.watchers.pictures import Pictures
from agent.watchers.process_age import process_age
from agent.watchers.saved_document import SavedDocument
from agent.watchers.settling import Settling
from agent.watchers.unread import Tally, Unread

QUIET, LONGEST = 1.5, 30.0
"""Seconds: what a program does to save is over, and what is written to without end is read all the same."""
MOST_WAITING = 2_000
ATTEND = 10.0
"""Seconds between two looks for folders that came, went or were replaced."""
LOOK_BACK = 10.0
"""Seconds before the process was started: what was saved while a killed session came back."""
_MOST_LOOKED_AT = 20_000
_log = logging.getLogger(__name__)
Saved = tuple[Folder, Path]


class DocumentWatcher:
    """``obey``, ``health`` and ``close`` are for any thread and return at once."""

    def __init__(
        self,
        tell: Callable[[Seen], None],
        home: Path,
        tally: Tally,
        *,
        pictures: Pictures | None = None,
        quiet: float = QUIET,
        attend: float = ATTEND,
        clock: Callable[[], float] = time.monotonic,
        age: Callable[[], float] = process_age,
    ) -> None:
        self._tell, self._home, self._tally, self._clock, self._every = tell, home, tally, clock, attend
        self._child, self._pictures = DocumentChild(clock), pictures or Pictures()
        self._document = SavedDocument(self._child, self._pictures, tally)
        self._watch = FolderWatch(self._touched)
        self._changed = threading.Condition()
        self._settling = Settling[Saved](quiet=quiet, longest=max(LONGEST, quiet), most=MOST_WAITING)
        self._crowded = set[int]()
        self._orders, self._attended = Orders(), -float("inf")
        self._saved_since = time.time() - (LOOK_BACK if age() < LOOK_BACK else 0.0)
        self._thread: threading.Thread | None = None
        self._obeyed = self._closed = False

    def obey(self, orders: Orders) -> None:
        with self._changed:
            if self._obeyed and _wanted(orders) and not _wanted(self._orders):
                self._saved_since = time.time()  # what was saved while nothing was watched is nobody's business
            self._orders, self._attended, self._obeyed = orders, -float("inf"), True
            if not _wanted(orders):
                self._settling.clear()
            elif self._thread is None:
                self._thread = threading.Thread(target=self._run, name="documents", daemon=True)
                self._thread.start()
            self._changed.notify()

    def health(self) -> Sequence[str]:
        orders = self._orders
        if not _wanted(orders):
            return []
        missing = self._pictures.missing() if orders.ocr else ""
        return [*([missing] if missing else []), *self._watch.unseen()]

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._orders = Orders()
            self._changed.notify()
        self._pictures.close()
        self._child.close()
        if self._thread:
            self._thread.join(0.9)

    def _touched(self, folder: Folder, below: Path) -> None:
        if is_passing(below):
            return
        with self._changed:
            if not _wanted(self._orders):
                return
            if not len(self._settling):
                self._changed.notify()
                self._crowded.clear()
            saved = (folder, below)
            if not self._settling.touch(saved, self._clock()) and hash(saved) not in self._crowded:
                self._crowded.add(hash(saved))
                self._tally.unread(Unread.CROWDED)

    def _run(self) -> None:
        while not self._closed:
            try:
                self._step()
            except Exception as e:  # noqa: BLE001  # one document must not cost the others
                self._tally.unread(Unread.CRASHED)
                _log.error("a saved document was not read: %s", type(e).__name__)
        self._watch.close()
        self._child.close()

    def _step(self) -> None:
        """Whatever is due, or else sleep until something is."""
        orders, now = self._orders, self._clock()
        if now >= self._attended + self._every:
            self._attend(orders, now)
        with self._changed:
            saved = self._settling.take(now)
        if saved:
            self._read(*saved, orders)
            return
        self._child.rest()
        with self._changed:
            if not self._closed and self._orders is orders:
                self._changed.wait(self._until_next(now))

    def _until_next(self, now: float) -> float | None:
        attended = self._attended + self._every if _wanted(self._orders) else None
        due = [time for time in (self._settling.next(), self._child.next(), attended) if time is not None]
        return max(0.0, min(due) - now) if due else None

    def _attend(self, orders: Orders, now: float) -> None:
        wanted = folders(orders.folders, self._home) if _wanted(orders) else ()
        for folder in self._watch.attend(wanted):
            for below in _saved_since(folder.path, self._saved_since):
                self._touched(folder, below)
        self._attended = now

    def _read(self, folder: Folder, below: Path, orders: Orders) -> None:
        for seen in self._document.seen(folder, below, orders):
            if _wanted(self._orders):
                self._tell(seen)


def _wanted(orders: Orders) -> bool:
    return orders.documents and not orders.paused


def _saved_since(folder: Path, since: float) -> Iterator[Path]:
    left = _MOST_LOOKED_AT
    for parent, directories, names in os.walk(folder):
        directories[:] = [name for name in directories if not name.startswith(".")]
        for name in names[:left]:
            path = Path(parent, name)
            try:
                is_recent = path.lstat().st_mtime >= since
            except OSError:
                continue
            if is_recent:
                yield path.relative_to(folder)
        left -= len(names) + 1
        if left <= 0:
            return
