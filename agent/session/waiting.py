"""What a desktop has told and nobody has taken yet: letters of running text wake nobody who wakes soon anyway."""

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Condition

from agent.orders import Orders
from agent.session.desktop import Edited, Event
from agent.session.fields import PAUSE

logger = logging.getLogger("agent")

MOST = 10_000
"""Beyond them the oldest are lost, and that is logged."""
Item = Event | Orders | None
"""None: it is the end."""


class Waiting:
    """``clock``: seconds that never go back. To be put to by any thread, to be taken from by one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._items = deque[tuple[float, Item]]()
        self._news = Condition()
        self._wakes_at = float("inf")

    def put(self, item: Item) -> None:
        with self._news:
            now = self._clock()
            if len(self._items) >= MOST:
                logger.warning("the desktop tells faster than it can be taken: something was not seen")
                self._items.popleft()
            self._items.append((now, item))
            if not _is_running_text(item) or self._wakes_at > now + PAUSE:
                self._news.notify()

    def take(self, until: float | None) -> list[tuple[float, Item]]:
        """All there is, each with the moment it was told, as soon as something is worth it; none if nothing is by
        ``until``."""
        with self._news:
            if not self._items:
                self._wakes_at = float("inf") if until is None else until
                self._news.wait(None if until is None else max(0.0, until - self._clock()))
            taken = list(self._items)
            self._items.clear()
            return taken


def _is_running_text(item: Item) -> bool:
    """Nothing is said for its sake before the person pauses."""
    if not isinstance(item, Edited) or item.pasted or item.by_program:
        return False
    return item.removed <= 1 and len(item.inserted) <= 1 and (item.inserted.isalnum() or item.inserted in " ,'")
