"""The workers together: who stands in which slot, who comes after whom, and what a slot has whose worker died."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.leaving import STUBBORN, Leaving
from proxy_addons.supervisor.settings import SupervisorSettings
from proxy_addons.supervisor.slot_ports import are_free, ports_of, unmanned
from proxy_addons.supervisor.worker import Worker

logger = logging.getLogger("supervisor")
HELD_UP = 1.5
"""Seconds between two looks after which it is the supervisor that was slow, not the workers."""
STARTING = 120.0
"""Seconds a worker may take until pupils can connect."""
HANDOVER = 1.0
"""Seconds between leading new connections to another worker and closing the door of the old one."""
YOUNG = 600.0
"""Seconds in which a large worker is left alone: a limit below what every worker needs would replace without end."""
PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Before a slot's next start, by how many have failed in a row."""


@dataclass(slots=True)
class Slot:
    number: int
    worker: Worker | None = None
    next: Worker | None = None
    """Starting; it takes over when it is ready."""
    renew: bool = False
    failed: int = 0
    not_before: float = 0.0


@dataclass(slots=True)
class Crew:
    settings: SupervisorSettings
    command: Callable[[int], Sequence[str]]
    """What starts the worker in a place."""
    slots: list[Slot] = field(default_factory=list)
    leaving: Leaving = field(default_factory=Leaving)
    lost: list[tuple[Worker, float, Slot]] = field(default_factory=list)
    """Mute since then, or ended, in the slot."""
    reserved: frozenset[int] = frozenset()
    """Places whose outbox somebody else is delivering."""
    deaths: int = 0
    """Workers that ended or fell silent without having been told to leave."""

    _looked: float = 0.0

    def __post_init__(self) -> None:
        self.slots = [Slot(number) for number in range(self.settings.workers)]

    def step(self, now: float) -> dict[int, Ports]:
        """Look at everybody once and do what is due. Where the slots must lead from now on."""
        for worker in self.everybody():
            worker.listen(now)
            if now - self._looked > HELD_UP:
                worker.excuse(now)
        self._looked = now
        for slot in self.slots:
            self._bury(slot, now)
            self._hand_over(slot, now)
        self._see_off(now)
        for slot in self.slots:
            self._start(slot, now)
        return self.pointing()

    def pointing(self) -> dict[int, Ports]:
        led = {slot.number: ports_of(self.settings, slot.worker.place) for slot in self.slots if slot.worker}
        return unmanned(self.settings) | led

    def renew(self) -> None:
        """Replace everybody, one after the other."""
        for slot in self.slots:
            slot.renew = True

    def leave(self, seconds: float, now: float) -> None:
        """Everybody, for good."""
        for slot in self.slots:
            for worker in filter(None, (slot.worker, slot.next)):
                self.leaving.add(worker, now)
            slot.worker = slot.next = None
        self.leaving.hurry(seconds, now)

    def step_out(self, now: float) -> None:
        """After ``leave``: look who has gone."""
        for worker in self.everybody():
            worker.listen(now)
        self._see_off(now)

    def everybody(self) -> list[Worker]:
        standing = [worker for slot in self.slots for worker in (slot.worker, slot.next) if worker]
        return [*standing, *self.leaving, *(worker for worker, _, _ in self.lost)]

    def _bury(self, slot: Slot, now: float) -> None:
        if slot.worker and (slot.worker.ended or slot.worker.is_mute(now)):
            said = "ended" if slot.worker.ended else "does not answer"
            logger.error("worker %d of slot %d %s", slot.worker.pid, slot.number, said)
            self.deaths += 1
            self.lost.append((slot.worker, now, slot))
            slot.worker = None
        if (starting := slot.next) and (starting.ended or now - starting.started > STARTING):
            logger.error("worker %d for slot %d did not start", starting.pid, slot.number)
            slot.failed = min(slot.failed + 1, len(PAUSES) - 1)
            slot.not_before = now + PAUSES[slot.failed]
            starting.kill()
            self.lost.append((starting, now, slot))
            slot.next = None

    def _hand_over(self, slot: Slot, now: float) -> None:
        if slot.next and slot.next.is_ready:
            if slot.worker:
                self.leaving.add(slot.worker, now + HANDOVER)
            slot.worker, slot.next, slot.failed = slot.next, None, 0

    def _start(self, slot: Slot, now: float) -> None:
        if slot.next or now < slot.not_before:
            return
        if slot.worker is not None and not self._is_due(slot, slot.worker, now):
            return
        if (place := self._free_place()) is None:
            return
        slot.renew = False
        slot.next = Worker(place, self.command(place), now)

    def _is_due(self, slot: Slot, worker: Worker, now: float) -> bool:
        """Whether it is to be replaced now: one at a time, and not before enough of the replaced have ended."""
        if any(other.next for other in self.slots) or len(self.leaving) >= 2 * self.settings.workers:
            return False
        age = now - worker.started
        large = age > YOUNG and worker.megabytes() > self.settings.memory_mb
        return slot.renew or large or age > self.settings.hours * 3600

    def _see_off(self, now: float) -> None:
        self.leaving.see_off(self.settings.drain_minutes * 60, now)
        for worker, at, slot in list(self.lost):
            if worker.is_ready and not worker.ended and not worker.is_mute(now):
                self._take_back(worker, slot, now)
                self.lost.remove((worker, at, slot))
            elif now > at + STUBBORN:
                worker.kill()
        self.lost = [(worker, at, slot) for worker, at, slot in self.lost if not worker.is_gone()]

    def _take_back(self, worker: Worker, slot: Slot, now: float) -> None:
        """It was only slow. Where another has its slot by now, it finishes what it has."""
        if slot.worker:
            self.leaving.add(worker, now)
            return
        logger.warning("worker %d of slot %d answers again", worker.pid, slot.number)
        slot.worker = worker
        if slot.next:
            slot.next.kill()
            self.lost.append((slot.next, now, slot))
            slot.next = None

    def _free_place(self) -> int | None:
        taken = {worker.place for worker in self.everybody()} | self.reserved
        free = (place for place in self.settings.places if place not in taken)
        return next((place for place in free if are_free(ports_of(self.settings, place))), None)
