"""Inspection without a thread of its own: a replay makes nobody wait, and its order must be the capture's."""

from proxy_addons.inspection import Job
from proxy_addons.watchdog import Watchdog


class InlineInspection:
    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog

    async def run(self, job: Job, size: int, name: str) -> None:
        self.submit(job, size, name)

    def submit(self, job: Job, size: int, name: str) -> None:
        with self._watchdog.guard("inspection", name):
            job()
