"""When a session hears that something was taken: at steady moments, which say nothing of what was found in it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

AFTER = 1.0
"""Seconds from its coming to the answer, and from then on its multiples, until it was inspected."""
TICK = 0.1


@dataclass(slots=True)
class Taking:
    due: float
    answer: Callable[[], None]
    is_inspected: bool = field(default=False)


class Takings:
    """``steady`` counts seconds and never jumps."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._open: list[Taking] = []
        self._lock, self._stopping = Lock(), Event()
        self._some = Event()
        self._thread = Thread(target=self._run, name="takings", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._some.set()
        if self._thread.ident is not None:
            self._thread.join()

    def expect(self, answer: Callable[[], None]) -> Taking:
        """It came just now; ``answer`` is called, from this class's own thread, once its moment is there."""
        taking = Taking(self._steady() + AFTER, answer)
        with self._lock:
            self._open.append(taking)
        self._some.set()
        return taking

    def step(self) -> None:
        """Answer all that is due; what is not inspected yet waits for its next moment."""
        now = self._steady()
        with self._lock:
            due = [taking for taking in self._open if taking.due <= now]
            self._open = [taking for taking in self._open if taking.due > now]
            for taking in due:
                if not taking.is_inspected:
                    taking.due += AFTER
                    self._open.append(taking)
            answered = [taking for taking in due if taking.is_inspected]
        for taking in answered:
            taking.answer()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._some.clear()
            self.step()
            self._stopping.wait(TICK) if self._open else self._some.wait()
