"""The workers together: who stands in which slot, who comes after whom, and what a slot has whose worker died."""

import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.settings import CLOSED, SupervisorSettings
from proxy_addons.supervisor.worker import Worker

logger = logging.getLogger("supervisor")
NOBODY = Ports(9, 9)
"""Where nobody listens: a device led there is refused at once."""
HELD_UP = 1.5
"""Seconds between two looks after which it is the supervisor that was slow, not the workers."""
STARTING = 120.0
"""Seconds a worker may take until pupils can connect."""
HANDOVER = 1.0
"""Seconds between leading new connections to another worker and closing the door of the old one."""
STUBBORN = 10.0
"""Seconds that a mute worker is waited for, and one beyond the end of its leaving, before it is killed."""
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
    leaving: list[tuple[Worker, float]] = field(default_factory=list)
    """With the time at which it is, or was, told."""
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
        led = {slot.number: self._ports(slot.worker.place) for slot in self.slots if slot.worker}
        return self.without() | led

    def without(self) -> dict[int, Ports]:
        """Where the slots lead while there is no worker at all."""
        return {slot.number: NOBODY for slot in self.slots} if self.settings.fail == CLOSED else {}

    def renew(self) -> None:
        """Replace everybody, one after the other."""
        for slot in self.slots:
            slot.renew = True

    def leave(self, seconds: float, now: float) -> None:
        """Everybody, for good."""
        for slot in self.slots:
            for worker in filter(None, (slot.worker, slot.next)):
                self.leaving.append((worker, now))
            slot.worker = slot.next = None
        for worker, _ in self.leaving:
            worker.leave(seconds, now)

    def step_out(self, now: float) -> None:
        """After ``leave``: look who has gone."""
        for worker in self.everybody():
            worker.listen(now)
        self._see_off(now)

    def everybody(self) -> list[Worker]:
        standing = [worker for slot in self.slots for worker in (slot.worker, slot.next) if worker]
        return [*standing, *(worker for worker, _ in self.leaving), *(worker for worker, _, _ in self.lost)]

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
                self.leaving.append((slot.worker, now + HANDOVER))
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
        for worker, at in self.leaving:
            if worker.leaving_until is None and now >= at:
                worker.leave(self.settings.drain_minutes * 60, now)
            if worker.leaving_until is not None and now > worker.leaving_until + STUBBORN:
                worker.kill()
        for worker, at, slot in list(self.lost):
            if worker.is_ready and not worker.ended and not worker.is_mute(now):
                self._take_back(worker, slot, now)
                self.lost.remove((worker, at, slot))
            elif now > at + STUBBORN:
                worker.kill()
        self.leaving = [(worker, at) for worker, at in self.leaving if not _is_gone(worker)]
        self.lost = [(worker, at, slot) for worker, at, slot in self.lost if not _is_gone(worker)]

    def _take_back(self, worker: Worker, slot: Slot, now: float) -> None:
        """It was only slow. Where another has its slot by now, it finishes what it has."""
        if slot.worker:
            self.leaving.append((worker, now))
            return
        logger.warning("worker %d of slot %d answers again", worker.pid, slot.number)
        slot.worker = worker
        if slot.next:
            slot.next.kill()
            self.lost.append((slot.next, now, slot))
            slot.next = None

    def _ports(self, place: int) -> Ports:
        first, proxy = self.settings.first_port, self.settings.first_proxy_port
        return Ports(first + place, proxy + place if proxy else 0)

    def _free_place(self) -> int | None:
        taken = {worker.place for worker in self.everybody()} | self.reserved
        return next((p for p in self.settings.places if p not in taken and _is_free(self._ports(p))), None)


def _is_gone(worker: Worker) -> bool:
    if worker.ended:
        worker.close()
    return worker.ended


def _is_free(ports: Ports) -> bool:
    """A worker that an earlier supervisor has left may still have its port."""
    for port in filter(None, (ports.transparent, ports.proxy)):
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            try:
                probe.bind(("::", port))
            except OSError:
                return False
    return True
