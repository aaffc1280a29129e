"""The one thread on which messages are read, so that no page stalls another pupil's connection."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from proxy_addons.watchdog import Unread, Watchdog

STUCK = 30.0
"""Seconds after which a job is given up and its thread left behind: one bad page must not blind the gateway."""

SMALL = 4096
"""Bytes; what is no longer (a search, a message) is read before pages that wait."""

Job = Callable[[], None]


class Inspects(Protocol):
    """Where messages are read: on a thread of its own here, at once in a replay."""

    async def run(self, job: Job, size: int, name: str) -> None: ...

    def submit(self, job: Job, size: int, name: str) -> object: ...


@dataclass(slots=True)
class _Waiting:
    job: Job
    size: int
    name: str
    done: "Future[None]" = field(default_factory=Future)


class Inspection:
    def __init__(
        self,
        watchdog: Watchdog,
        *,
        seconds: float,
        pending_bytes: int,
        stuck: float = STUCK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A message waits at most ``seconds``; at most ``pending_bytes`` of messages wait at any one time."""
        self._watchdog, self._seconds, self._most, self._stuck = watchdog, seconds, pending_bytes, stuck
        self._clock = clock
        self._small: deque[_Waiting] = deque()
        self._large: deque[_Waiting] = deque()
        self._pending = 0
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._began: float | None = None
        self._closed = False

    async def run(self, job: Job, size: int, name: str) -> None:
        """Read now: return when ``job`` has ended, or after the time a connection may wait. Never raises."""
        waiting = self.submit(job, size, name)
        if waiting is None:
            return
        ended = asyncio.get_running_loop().create_future()
        waiting.done.add_done_callback(_wake(ended))
        _, late = await asyncio.wait({ended}, timeout=self._seconds)
        if late:
            self._watchdog.unread(Unread.TIMEOUT)

    def submit(self, job: Job, size: int, name: str) -> _Waiting | None:
        """Read when its turn comes; None if there is no room. ``name`` is a flow's id."""
        with self._changed:
            if self._pending + size > self._most or self._closed:
                self._watchdog.unread(Unread.OVERLOAD)
                return None
            waiting = _Waiting(job, size, name)
            self._pending += size
            (self._small if size <= SMALL else self._large).append(waiting)
            self._staff()
            self._changed.notify_all()
            return waiting

    @property
    def pending(self) -> int:
        """Bytes waiting or being read."""
        return self._pending

    def close(self, seconds: float) -> None:
        """Take no more, and give what is waiting at most ``seconds`` to be read."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._worker:
            self._worker.join(seconds)

    def _staff(self) -> None:
        """See to it that somebody is at work: a first thread, or a new one for one that is stuck."""
        if self._worker and self._began is not None and self._clock() - self._began > self._stuck:
            self._watchdog.fault("stuck")
            self._worker = self._began = None
        if self._worker is None:
            # A daemon: one that is stuck must not keep the gateway from stopping.
            self._worker = threading.Thread(target=self._work, name="inspection", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        me = threading.current_thread()
        while waiting := self._next(me):
            with self._watchdog.guard("inspection", waiting.name):
                waiting.job()
            waiting.done.set_result(None)
            with self._changed:
                self._pending -= waiting.size

    def _next(self, me: threading.Thread) -> _Waiting | None:
        with self._changed:
            if self._worker is me:
                self._began = None
            while self._worker is me and not (self._small or self._large or self._closed):
                self._changed.wait()
            if self._worker is not me or not (queue := self._small or self._large):
                return None
            self._began = self._clock()
            return queue.popleft()


def _wake(ended: "asyncio.Future[None]") -> Callable[["Future[None]"], None]:
    loop = ended.get_loop()

    def wake() -> None:
        if not ended.done():
            ended.set_result(None)

    def done(_: "Future[None]") -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(wake)

    return done
