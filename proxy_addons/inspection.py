"""The one thread on which messages are read, so that no page stalls another pupil's connection."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
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
    done: Job


class Inspection:
    def __init__(
        self,
        watchdog: Watchdog,
        *,
        seconds: float,
        pending_bytes: int,
        stuck: float = STUCK,
        thread: str = "inspection",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A message waits at most ``seconds``; at most ``pending_bytes`` of messages wait at any one time."""
        self._watchdog, self._seconds, self._most, self._stuck = watchdog, seconds, pending_bytes, stuck
        self._clock, self._thread = clock, thread
        self._small: deque[_Waiting] = deque()
        self._large: deque[_Waiting] = deque()
        self._pending = 0
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._began: float | None = None
        self._closed = False

    async def run(self, job: Job, size: int, name: str) -> None:
        """Read now: return when ``job`` has ended, or after the time a connection may wait. Never raises."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[bool] = loop.create_future()
        if not self.submit(job, size, name, lambda: _tell(loop, ended, True)):
            return
        alarm = loop.call_later(self._seconds, _settle, ended, False)
        in_time = await ended
        alarm.cancel()
        if not in_time:
            self._watchdog.unread(Unread.TIMEOUT)

    def submit(self, job: Job, size: int, name: str, done: Job = lambda: None) -> bool:
        """Read when its turn comes, and then call ``done``; False if there is no room. ``name`` is a flow's id."""
        with self._changed:
            if self._pending + size > self._most or self._closed:
                self._watchdog.unread(Unread.OVERLOAD)
                return False
            self._pending += size
            (self._small if size <= SMALL else self._large).append(_Waiting(job, size, name, done))
            self._staff()
            self._changed.notify()
            return True

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
            self._worker = threading.Thread(target=self._work, name=self._thread, daemon=True)
            self._worker.start()

    def _work(self) -> None:
        me = threading.current_thread()
        while waiting := self._next(me):
            with self._watchdog.guard("inspection", waiting.name):
                waiting.job()
            with self._changed:
                self._pending -= waiting.size
            waiting.done()

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


def _tell(loop: asyncio.AbstractEventLoop, ended: "asyncio.Future[bool]", in_time: bool) -> None:
    """From another thread; the gateway may be stopping meanwhile."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, ended, in_time)


def _settle(ended: "asyncio.Future[bool]", in_time: bool) -> None:
    if not ended.done():
        ended.set_result(in_time)
