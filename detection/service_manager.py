"""What systemd is told: that a program is ready, and that it still works. One that falls silent is started anew."""

import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field

READY, ALIVE = "READY=1", "WATCHDOG=1"


def say(word: str) -> None:
    """To whoever started us, if they listen. It never waits: whoever tells of its work must not be held up by that."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where:
        return
    address = f"\0{where[1:]}" if where.startswith("@") else where
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line, suppress(OSError):
        line.setblocking(False)
        line.sendto(word.encode(), address)


@dataclass(slots=True)
class Watched:
    """To be told of each turn of the work; it passes on as many as are needed."""

    every: float = field(default_factory=lambda: _seconds() / 4)
    """Seconds; 0 where nobody watches."""
    _said: float = float("-inf")

    def turned(self) -> None:
        now = time.monotonic()
        if self.every and now - self._said >= self.every:
            self._said = now
            say(ALIVE)


def _seconds() -> float:
    """After so much silence we are started anew."""
    try:
        return int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    except ValueError:
        return 0.0
