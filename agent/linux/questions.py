"""Questions to programs through accessibility, from any thread, over one connection that is made when it is needed."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from agent.linux.accessible_bus import AccessibleBus

T = TypeVar("T")
_AGAIN = 5.0
"""Seconds until the bus is looked for again."""


class Questions:
    def __init__(self, connect: Callable[[], AccessibleBus], clock: Callable[[], float] = time.monotonic) -> None:
        self._connect, self._clock = connect, clock
        self._bus: AccessibleBus | None = None
        self._not_before = float("-inf")
        self._lock = threading.Lock()

    def ask(self, question: Callable[[AccessibleBus], T], otherwise: T) -> T:
        """``otherwise`` where there is nobody to ask."""
        with self._lock:
            if self._bus is None and self._clock() < self._not_before:
                return otherwise
            try:
                self._bus = self._bus or self._connect()
                return question(self._bus)
            except OSError:
                self.close()
                self._not_before = self._clock() + _AGAIN
                return otherwise

    def close(self) -> None:
        if self._bus:
            self._bus.close()
        self._bus = None
