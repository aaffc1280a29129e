"""What a worker that has ended could not deliver is delivered by a process of its own, place by place."""

import subprocess
from collections.abc import Callable, Iterable, Sequence


class Couriers:
    def __init__(self, command: Callable[[int], Sequence[str]]) -> None:
        """``command``: what starts the gateway of a place."""
        self._command = command
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def send(self, waiting: Iterable[int]) -> frozenset[int]:
        """One more at a time, to the first of the places where something waits. The places where one is at work, which
        are nobody else's meanwhile."""
        self._running = {place: courier for place, courier in self._running.items() if courier.poll() is None}
        if (place := next((each for each in waiting if each not in self._running), None)) is not None:
            self._running[place] = subprocess.Popen(
                [*self._command(place), "--deliver"], stdin=subprocess.DEVNULL, process_group=0
            )
        return frozenset(self._running)

    def stop(self) -> None:
        """What they have not delivered stays in the outbox."""
        for courier in self._running.values():
            courier.terminate()
