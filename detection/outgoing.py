"""What leaves a sensor: detections, on the disk or where that takes none in memory, and carried from either."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from detection.client import Client
from detection.delivery import Delivery, DeliveryState
from detection.grading import Detection
from detection.outbox import Outbox, OutboxCounts
from detection.overflow import MOST_BYTES, Overflow
from detection.reporter import Collect, Reporter
from detection.sealing import Sealer
from detection.sensor_health import SensorTally
from detection.supplements import Supplements


@dataclass(frozen=True, slots=True, kw_only=True)
class Discretion:
    """How little whoever holds the device, or watches its network, learns from sizes and moments."""

    step: int = 1
    """Bytes by which what is sealed grows."""
    rounds: float = 0.0
    """Seconds between one sending and the next; 0: at once."""


OPEN = Discretion()


class Outgoing:
    """``outbox`` is closed with it; ``client`` is not."""

    def __init__(
        self,
        outbox: Outbox,
        client: Client,
        sealer: Sealer,
        tally: SensorTally,
        *,
        clock: Callable[[], datetime],
        later_seconds: float,
        discretion: Discretion = OPEN,
    ) -> None:
        """``later_seconds``: after which a fuller bundle is put together."""
        self._outbox = outbox
        self._delivery = Delivery(outbox, client, clock=clock, rounds=discretion.rounds)
        self._supplements = Supplements(later_seconds)
        memory = Outbox(None, MOST_BYTES)
        self._overflow = Overflow(outbox, memory, Delivery(memory, client, clock=clock), tally)
        self._reporter = Reporter(
            outbox, self._overflow, sealer, self._supplements, tally, self._delivery.wake, discretion.step
        )

    def start(self) -> None:
        self._delivery.start()
        self._overflow.start()
        self._supplements.start()

    def stop(self, timeout: float) -> bool:
        """Finish what is under way; what is not delivered stays in the outbox. Whether ``timeout`` seconds sufficed."""
        end = time.monotonic() + timeout
        stops = (self._supplements.stop, self._overflow.stop, self._delivery.stop)
        stopped = [stop(max(0.0, end - time.monotonic())) for stop in stops]
        return all(stopped)

    def close(self) -> None:
        """Once stopped."""
        self._outbox.close()

    def drain(self, timeout: float) -> bool:
        """Nothing more is collected; whether all that there is was delivered in so many seconds."""
        end = time.monotonic() + timeout
        self._supplements.stop(timeout)
        return all(drain(max(0.0, end - time.monotonic())) for drain in (self._overflow.drain, self._delivery.drain))

    def report(self, detection: Detection, evidence: Collect | None, later: Collect | None) -> None:
        """The detection is on the disk when this returns, or, counted, in memory; OutboxError if it is in neither."""
        self._reporter.report(detection, evidence, later)

    @property
    def running(self) -> bool:
        """What collects and what takes over from the disk; of the delivery ``state`` says it."""
        return self._supplements.running and self._overflow.running

    @property
    def state(self) -> DeliveryState:
        return self._delivery.state

    def counts(self) -> OutboxCounts:
        """Of what waits on the disk and in memory together, until it is stopped. OutboxError where the disk fails."""
        disk, memory = self._outbox.counts(), self._overflow.counts()
        oldest = [at for at in (disk.oldest_waiting, memory.oldest_waiting) if at]
        return OutboxCounts(
            waiting=disk.waiting + memory.waiting,
            blobs_waiting=disk.blobs_waiting,
            set_aside=disk.set_aside + memory.set_aside,
            oldest_waiting=min(oldest, default=None),
        )
