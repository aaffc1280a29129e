"""The names of what a person prints, from the printing service on the device (CUPS)."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from agent.seen import Seen
from agent.watchers.ipp import Job, jobs
from agent.watchers.looking import Looking
from detection.observation import Channel, Direction

SOCKET = Path("/run/cups/cups.sock")
EVERY = 20.0
"""Seconds; a CUPS that nobody needs ends after 60, and with it its list is gone until it starts again."""
APP = "Printing"
_LONGEST = 500


class PrintWatcher:
    def __init__(
        self,
        tell: Callable[[Seen], None],
        account: str,
        *,
        socket: Path = SOCKET,
        every: float = EVERY,
        now: Callable[[], float] = time.time,
        ask: Callable[[Path, str, int], Sequence[Job]] = jobs,
    ) -> None:
        self._tell, self._account, self._socket, self._ask = tell, account, socket, ask
        self._next, self._problem = 1, ""
        self._looking = Looking("prints", self._look, lambda orders: orders.prints, every, now)
        self.obey, self.close = self._looking.obey, self._looking.close

    def health(self) -> Sequence[str]:
        return [self._problem] if self._problem and self._looking.goes_on else []

    def _look(self, since: float) -> None:
        try:
            found = self._ask(self._socket, self._account, self._next) if self._runs() else ()
            self._problem = ""
        except (OSError, ValueError) as e:
            self._problem = f"names of what is printed are not seen: {e}"
            return
        for job in found:
            if job.id >= self._next and job.created >= int(since):
                self._say(job)
        self._next = max([self._next, *(job.id + 1 for job in found)])

    def _say(self, job: Job) -> None:
        """Printing is the person's own doing; what a file name may count for is bounded anyway."""
        name = job.name[:_LONGEST]
        self._tell(Seen(channel=Channel.FILE_NAME, direction=Direction.WRITTEN, app=APP, title=name, text=name))

    def _runs(self) -> bool:
        """Systemd would start it for a question, every time: only one that runs for somebody else's sake is asked."""
        return self._socket.with_name("cupsd.pid").exists()
