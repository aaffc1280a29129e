"""What stands for systemd: a real datagram socket, and what was said to it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Manager:
    def __init__(self, path: Path, watchdog: float) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(path))
        self.surroundings = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(int(watchdog * 1_000_000))}

    def hears(self, within: float) -> str:
        """The next word; empty if there is silence."""
        self._line.settimeout(within)
        try:
            return self._line.recv(1024).decode()
        except TimeoutError:
            return ""

    def hears_of(self, word: str, within: float = 60.0) -> bool:
        end = time.monotonic() + within
        while (left := end - time.monotonic()) > 0:
            if self.hears(left).startswith(word):
                return True
        return False

    def forget(self) -> None:
        while self.hears(0.001):
            pass

    def close(self) -> None:
        self._line.close()


@contextmanager
def listening(folder: Path, watchdog: float) -> Iterator[Manager]:
    manager = Manager(folder / "notify", watchdog)
    try:
        yield manager
    finally:
        manager.close()
