"""Which hosts showed a bad certificate in the last hour, for whoever is asked why; never who went there."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from proxy_addons.upstream.faults import Fault

KEPT = timedelta(hours=1)
MOST = 256


def mark(host: str) -> str:
    """What stands for a host where it is written down: nobody sees it there who does not ask about it."""
    return hashlib.sha256(b"bad certificate of " + host.lower().encode()).hexdigest()[:16]


class RecentFaults:
    """Names in memory alone; no client, no address, no path. Of the longest ago forgotten first."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._found: OrderedDict[str, tuple[Fault, datetime]] = OrderedDict()
        self._lock = threading.Lock()  # the status is written on a thread of its own

    def note(self, host: str, fault: Fault) -> None:
        host = host.lower()
        with self._lock:
            self._found[host] = fault, self._now()
            self._found.move_to_end(host)
            while len(self._found) > MOST:
                self._found.popitem(last=False)

    def of(self, host: str) -> Fault | None:
        self.forget()
        found = self._found.get(host.lower())
        return found[0] if found else None

    def marks(self) -> dict[str, str]:
        """For the status file: what is wrong, by the host's mark."""
        self.forget()
        with self._lock:
            return {mark(host): str(fault) for host, (fault, _) in self._found.items()}

    def forget(self) -> None:
        """What is older than an hour, whether anybody asks or not."""
        before = self._now() - KEPT
        with self._lock:
            while self._found and next(iter(self._found.values()))[1] < before:
                self._found.popitem(last=False)

    def __len__(self) -> int:
        return len(self._found)
