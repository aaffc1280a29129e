"""Detections that the disk will not take: kept in memory, sent from there, put on the disk as soon as it takes them."""

import logging
from datetime import datetime
from threading import Condition, Event, Thread

from detection.delivery import Delivery
from detection.letters import Kind
from detection.outbox import Outbox, OutboxCounts, OutboxError
from detection.sensor_health import SensorTally

log = logging.getLogger(__name__)
MOST_BYTES = 64 * 2**20
"""Some ten thousand detections."""
AGAIN = 2.0
"""Seconds between attempts to put them on the disk, or to see whether it works again."""


class Overflow:
    """Without their evidence. A kill loses what is here, so it is the last resort and says so in the log.

    ``memory`` is an outbox in memory, ``delivery`` carries what is in it; nobody else may step it.
    """

    def __init__(self, disk: Outbox, memory: Outbox, delivery: Delivery, tally: SensorTally) -> None:
        self._disk, self._memory, self._delivery, self._tally = disk, memory, delivery, tally
        self._wake, self._stopping, self._stepped = Event(), Event(), Condition()
        self._thread = Thread(target=self._run, name="overflow", daemon=True)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Try the disk a last time; whether nothing is left here, within ``timeout`` seconds. Safe to repeat."""
        if self._stopping.is_set():
            return True
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        self._to_disk()
        lost = self.counts().waiting
        if lost:
            log.error("%d detections that the disk did not take are lost", lost)
        self._memory.close()
        return lost == 0

    def drain(self, timeout: float) -> bool:
        """Wait until everything is delivered or on the disk; False if that takes longer than ``timeout`` seconds."""
        with self._stepped:
            return self._stepped.wait_for(lambda: self._is_empty, timeout)

    def put(self, *, id: str, reported_at: datetime, sealed: bytes) -> None:
        """OutboxError where there is no room left here either."""
        self._memory.put(id=id, reported_at=reported_at, sealed=sealed)
        self._wake.set()

    def counts(self) -> OutboxCounts:
        return self._memory.counts()

    def step(self) -> float | None:
        """Send what can be sent, then try the disk; after how many seconds again, None for when there is something."""
        pause = self._delivery.step()
        if pause == 0:
            return 0.0
        return None if self._to_disk() else min(pause, AGAIN)

    @property
    def _is_empty(self) -> bool:
        return self._memory.counts().waiting == 0

    def _to_disk(self) -> bool:
        """Whether nothing waits here now, and the disk works."""
        try:
            while letters := self._memory.due(Kind.DETECTION, float("inf"), 100):
                for letter in letters:
                    made = datetime.fromisoformat(letter.reported_at)
                    self._disk.put(id=letter.key, reported_at=made, sealed=letter.sealed)
                    self._memory.delivered(letter.kind, letter.key)
            if self._tally.outbox_error:
                self._disk.prove()
                self._tally.outbox_error = ""
        except OutboxError:
            return False
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            pause = self.step()
            with self._stepped:
                self._stepped.notify_all()
            if pause != 0:
                self._wake.wait(pause)
