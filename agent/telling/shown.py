"""Tells the person where no session's bus does, on Windows and macOS: the page when it is new, and a notification."""

import logging
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from agent.orders import Orders
from agent.telling.last_told import Due, LastTold
from agent.telling.telling import AGAIN
from agent.telling.words import Told, told

log = logging.getLogger(__name__)


class Showing(Protocol):
    """One desktop, for the thread that made it. OSError where it cannot be shown now."""

    def icon(self, told: Told) -> None:
        """What an icon says from now on, where the system has one for us."""

    def notify(self, told: Told) -> None: ...

    def page(self, told: Told) -> None:
        """In the person's own browser."""

    def wait(self) -> bool:
        """Until ``wake``, or until somebody wants to read the page: then True."""

    def wake(self) -> None:
        """From any thread; it never waits."""

    def close(self) -> None: ...


class ShownTelling:
    """As ``Telling``, on a thread of its own."""

    def __init__(self, make: Callable[[], Showing], last: LastTold, *, again: float = AGAIN) -> None:
        self._make, self._last, self._again = make, last, again
        self._showing: Showing | None = None
        self._told: Told | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="telling", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake()
        self._thread.join(5)

    def orders(self, orders: Orders) -> None:
        """From any thread; it never waits."""
        self._told = told(orders)
        self._wake()

    def _wake(self) -> None:
        if (showing := self._showing) is not None:
            showing.wake()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with closing(self._make()) as self._showing:
                    self._tell(self._showing)
            except OSError as e:
                log.info("the desktop cannot be told now: %s", type(e).__name__)
                self._stopping.wait(self._again)
            finally:
                self._showing = None

    def _tell(self, showing: Showing) -> None:
        shown: Told | None = None
        while not self._stopping.is_set():
            if self._told is not None and self._told != shown:
                shown = self._told
                showing.icon(shown)
                self._say(showing, shown)
            if showing.wait() and shown is not None:
                showing.page(shown)

    def _say(self, showing: Showing, told: Told) -> None:
        due = self._last.due(told)
        if due is Due.NOTHING:
            return
        showing.notify(told)
        if due is Due.NEW:
            showing.page(told)
        self._last.was_told(told)


def shown_here(make: Callable[[Path], Showing], kept: Path) -> ShownTelling:
    """``kept``: the person's own folder; ``make`` is given it for the page. Nothing there
    goes with a sign-in, so that each start of the session's program counts as one."""
    kept.mkdir(parents=True, exist_ok=True)
    here = Path(tempfile.mkdtemp(prefix="gatehouse-"))
    return ShownTelling(lambda: make(kept), LastTold(kept=kept, here=here))
