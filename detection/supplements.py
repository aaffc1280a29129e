"""Some seconds after a page was flagged, fetch the fuller bundle: what it then loaded to draw itself with."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

log = logging.getLogger(__name__)
MOST = 1000
"""Flagged pages waited for at once; beyond that a page keeps the bundle it was flagged with."""


@dataclass(frozen=True, slots=True)
class _Due:
    at: float
    id: str
    fetch: Callable[[], None]


class Supplements:
    """Each is fetched once, on this class's own thread, ``seconds`` after it was promised, or at once when stopping."""

    def __init__(self, seconds: float, steady: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._steady = seconds, steady
        self._due: deque[_Due] = deque()
        self._changed = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name="supplements", daemon=True)
        self.failures = 0

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def promise(self, id: str, fetch: Callable[[], None]) -> None:
        with self._changed:
            if len(self._due) < MOST and not self._stopping:
                self._due.append(_Due(self._steady() + self._seconds, id, fetch))
                self._changed.notify_all()

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Fetch what is still promised; whether that took no longer than ``timeout`` seconds."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (due := self._next()) is not None:
            try:
                due.fetch()
            except Exception as e:  # noqa: BLE001 - whatever a page's recording does, the next page gets its turn
                self.failures += 1
                log.error("no fuller evidence for detection %s: %s", due.id, type(e).__name__)

    def _next(self) -> _Due | None:
        """Wait for the next one; None once stopped and empty."""
        with self._changed:
            while not (self._stopping or self._is_ready()):
                self._changed.wait(self._due[0].at - self._steady() if self._due else None)
            return self._due.popleft() if self._due else None

    def _is_ready(self) -> bool:
        return bool(self._due) and self._due[0].at <= self._steady()
