"""Workers that others have taken over from, until their last connection has ended."""

from collections.abc import Iterator

from proxy_addons.supervisor.worker import Worker

STUBBORN = 10.0
"""Seconds that one is waited for beyond the end of its leaving, and one that is mute, before it is killed."""


class Leaving:
    def __init__(self) -> None:
        self._workers: list[tuple[Worker, float]] = []
        """With the time at which it is, or was, told."""

    def __len__(self) -> int:
        return len(self._workers)

    def __iter__(self) -> Iterator[Worker]:
        return (worker for worker, _ in self._workers)

    def add(self, worker: Worker, at: float) -> None:
        """It is told to leave ``at`` that time."""
        self._workers.append((worker, at))

    def hurry(self, seconds: float, now: float) -> None:
        """All of them end in ``seconds`` at the latest."""
        for worker in self:
            worker.leave(seconds, now)

    def see_off(self, seconds: float, now: float) -> None:
        """Tell those whose time has come, who may take so many ``seconds``; forget those that have ended."""
        for worker, at in self._workers:
            if worker.leaving_until is None and now >= at:
                worker.leave(seconds, now)
            if worker.leaving_until is not None and now > worker.leaving_until + STUBBORN:
                worker.kill()
        self._workers = [(worker, at) for worker, at in self._workers if not worker.is_gone()]
