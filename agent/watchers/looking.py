"""Look at something every few seconds, on a thread that is there only while the orders want it."""

import logging
import threading
import time
from collections.abc import Callable

from agent.orders import Orders

_log = logging.getLogger(__name__)
Look = Callable[[float], None]
"""Given since when it is wanted without a break, in seconds since 1970."""


class Looking:
    """From any thread; every method returns at once."""

    def __init__(
        self,
        name: str,
        look: Look,
        wanted: Callable[[Orders], bool],
        every: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._name, self._look, self._wanted, self._every, self._now = name, look, wanted, every, now
        self._lock = threading.Lock()
        self._stop: threading.Event | None = None

    @property
    def goes_on(self) -> bool:
        return self._stop is not None

    def obey(self, orders: Orders) -> None:
        with self._lock:
            wanted = self._wanted(orders) and not orders.paused
            if wanted and not self._stop:
                self._stop = threading.Event()
                threading.Thread(target=self._run, args=(self._stop, self._now()), name=self._name, daemon=True).start()
            elif not wanted and self._stop:
                self._stop.set()
                self._stop = None

    def close(self) -> None:
        self.obey(Orders())

    def _run(self, stop: threading.Event, since: float) -> None:
        while not stop.is_set():
            try:
                self._look(since)
            except Exception as e:  # noqa: BLE001  # the next look may go well
                _log.error("%s: a look failed: %s", self._name, type(e).__name__)
            stop.wait(self._every)
