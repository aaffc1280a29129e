"""From what a session saw to the sensor: whose it is, whether it may be kept, and that it was taken."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Queue
from threading import Event, Thread

from agent.seen import Seen
from agent.service.growing import Growing
from agent.service.monitoring import Monitored
from agent.service.outbox import DeviceOutbox
from agent.service.window_evidence import evidence_of
from detection.agent_policy.policy import Scope
from detection.grading import Detection
from detection.observation import Channel, Direction, Evidence, Mark, Observation, Subject
from detection.outbox import OutboxError

log = logging.getLogger(__name__)
OLDEST = timedelta(days=1)
"""A session keeps nothing longer than a service is away; what it says to be older it has from nowhere."""
AGAIN = 5.0
"""Seconds between attempts to keep what neither disk nor memory took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a session said, and whom to answer."""

    seen: Seen
    account: str
    done: Callable[[], None]
    """Called once it is inspected, and on the disk or in memory if it was detected; never before."""


class Inspection:
    """One thread, so that everything is compared in its order. ``observe`` is the sensor's.

    A detection that neither disk nor memory takes holds everything up: nobody's things are taken from then on, whatever
    they say, and the sessions keep them. To go on with the others would lose it, and tell by what is not taken."""

    def __init__(
        self,
        observe: Callable[[Observation, Callable[[], Evidence | None]], Detection | None],
        monitored: Callable[[str], Monitored],
        outbox: DeviceOutbox,
        clock: Callable[[], datetime],
        again: float = AGAIN,
    ) -> None:
        self._observe, self._monitored, self._outbox, self._clock = observe, monitored, outbox, clock
        self._again, self._stopping = again, Event()
        self._growing = Growing(outbox)
        self._scope = Scope()
        self._waiting: Queue[Told | None] = Queue()
        self._thread = Thread(target=self._run, name="inspection", daemon=True)
        self.last_detection_at: datetime | None = None
        self.failures = 0
        self.is_held_up = False
        """Whether there is a detection that nothing takes."""

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def waits(self) -> bool:
        """Whether something is not inspected yet."""
        return self._waiting.unfinished_tasks > 0

    @property
    def troubles(self) -> Iterator[str]:
        """In words, for the appliance."""
        if self.is_held_up:
            yield "Neither disk nor memory takes detections: what people write waits in their sessions."
        if self.failures:
            yield "something could not be inspected"

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """What is not inspected by then was not taken: its session says it again to whoever comes next."""
        self._stopping.set()
        self._waiting.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def put(self, told: Told) -> None:
        self._waiting.put(told)

    def keeps(self, detection: Detection) -> bool:
        """For the sensor: whether the scope of the moment wants it, and it is news of its place."""
        if detection.severity < self._scope.keep_from:
            return False
        if Mark.DELETED in detection.observation.marks and detection.category not in self._scope.deleted:
            return False
        return self._growing.is_news(detection.severity)

    def inspect(self, told: Told) -> None:
        seen, found = told.seen, self._monitored(told.account)
        if found.subject is None or not _is_wanted(seen, found) or self._outbox.has_taken(seen.id):
            return
        self._scope = scope = found.holding.scope
        self._growing.look_at(seen.id, told.account, seen.place)
        observation = observation_of(seen, found.subject, self._clock())
        if self._observe(observation, lambda: evidence_of(seen) if scope.pictures else None):
            self.last_detection_at = observation.reported_at

    def _run(self) -> None:
        while (told := self._waiting.get()) is not None:
            while self._is_held_up_by(told):
                if self._stopping.wait(self._again):
                    return
            told.done()
            self._waiting.task_done()

    def _is_held_up_by(self, told: Told) -> bool:
        """Inspect it; whether it is a detection that neither disk nor memory takes now."""
        held_up = False
        try:
            self.inspect(told)
        except OutboxError as e:
            held_up = True
            if not self.is_held_up:
                log.error("nothing more is taken, for %s could not be kept: %s", told.seen.id, e)
        except Exception as e:  # noqa: BLE001 - one thing that cannot be read must not end the reading of all others
            self.failures += 1
            log.error("%s was not inspected: %s", told.seen.id, type(e).__name__)
        self.is_held_up = held_up
        return held_up


def observation_of(seen: Seen, subject: Subject, now: datetime) -> Observation:
    return Observation(
        id=seen.id,
        seen_at=max(now - OLDEST, min(seen.at, now)),
        reported_at=now,
        subject=subject,
        channel=seen.channel,
        direction=seen.direction,
        app=seen.app,
        location=seen.location or seen.title,
        conversation=seen.app,
        text=seen.text,
        marks=seen.marks,
    )


def _is_wanted(seen: Seen, found: Monitored) -> bool:
    """A session may still say what it saw under the orders of before."""
    orders = found.orders
    if orders.paused or orders.is_private(title=seen.title, app=seen.app, address=seen.location):
        return False
    if seen.channel is Channel.SCREEN and seen.direction is Direction.SHOWN and not orders.screen:
        return False
    return Mark.OCR not in seen.marks or orders.ocr
