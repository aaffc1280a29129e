"""Workers that are real processes, and do nothing but what a supervisor sees of them."""

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from proxy_addons.supervisor.crew import Crew
from proxy_addons.supervisor.settings import SupervisorSettings
from proxy_addons.supervisor.worker import Worker

DOUBLE = Path(__file__).with_name("worker_double.py")


def command(*more: str) -> list[str]:
    return [sys.executable, "-S", str(DOUBLE), *more]


@pytest.fixture
def started() -> Iterator[list[Worker]]:
    """What is put in here is ended with the test."""
    workers: list[Worker] = []
    yield workers
    for worker in workers:
        worker.kill()
        worker.close()


class Stepping:
    """A crew whose clock is the test's."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.now, self.seen = crew, 1000.0, set[Worker]()
        self.pointing = crew.without()

    def step(self, seconds: float = 0.05) -> None:
        self.now += seconds
        self.pointing = self.crew.step(self.now)
        self.seen |= set(self.crew.everybody())

    def until(self, look: Any, within: float = 20.0, each: float = 0.05) -> None:
        deadline = time.monotonic() + within
        while not look():
            assert time.monotonic() < deadline, self.crew
            self.step(each)
            time.sleep(0.01)


@pytest.fixture
def stepping() -> Iterator[Any]:
    made: list[Stepping] = []

    def make(*more: str, first_port: int = 28081, **settings: Any) -> Stepping:
        usual = {"workers": 2, "first_port": first_port, "first_proxy_port": 0, **settings}
        made.append(Stepping(Crew(SupervisorSettings(**usual), lambda _: command(*more))))
        return made[-1]

    yield make
    for stepping in made:
        for worker in stepping.seen:
            worker.kill()
            with suppress(OSError):
                worker.close()
