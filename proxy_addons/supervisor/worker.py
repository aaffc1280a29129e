"""One worker as its supervisor sees it: a process that must live and answer."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

MUTE = 3.0
"""Seconds without a word after which a worker is taken for hung; it speaks twice a second."""


class Worker:
    """Times are seconds on a clock that does not jump."""

    def __init__(self, place: int, command: Sequence[str], now: float) -> None:
        """``command``: what starts it; the line it is to speak on is added."""
        self.place, self.started = place, now
        self.open = 0
        """Connections, as it last said."""
        self.leaving_until: float | None = None
        """Once it was told to leave."""
        self._heard_at: float | None = None
        self._line, theirs = socket.socketpair()
        self._line.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(
                [*command, "--line", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C at a terminal is for the supervisor alone
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def is_ready(self) -> bool:
        """Whether pupils could ever connect."""
        return self._heard_at is not None

    def listen(self, now: float) -> None:
        """Take up what it has said since."""
        with suppress(BlockingIOError, OSError):
            while said := self._line.recv(4096):
                self._heard_at = now
                for line in said.splitlines():
                    word, _, number = line.partition(b" ")
                    if word == b"open" and number.isdigit():
                        self.open = int(number)

    def excuse(self, now: float) -> None:
        """It could not have been heard."""
        if self._heard_at is not None:
            self._heard_at = now

    def is_mute(self, now: float) -> bool:
        """One that has not begun to speak is starting, not mute."""
        return self._heard_at is not None and now - self._heard_at > MUTE

    def leave(self, seconds: float, now: float) -> None:
        """Take no more connections, and end once the open ones have, in ``seconds`` at the latest."""
        until = now + seconds
        self.leaving_until = until if self.leaving_until is None else min(until, self.leaving_until)
        with suppress(OSError):
            self._line.send(b"drain %.1f\n" % seconds)

    def tell(self, device: str, tunnel: str) -> bool:
        """Of a device's tunnel; whether it could be told."""
        try:
            self._line.send(b"tunnel %s\n" % json.dumps({"device": device, "name": tunnel}).encode())
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """With all it has started. Also one that stands still."""
        if not self.ended:  # its number may be somebody else's by then
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def is_gone(self) -> bool:
        """Whether it has ended; then what it held here is given back."""
        if self.ended:
            self.close()
        return self.ended

    def close(self) -> None:
        """Once it has ended."""
        self._process.wait()
        self._line.close()

    def megabytes(self) -> int:
        """Of memory; 0 for one that has just ended."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE") >> 20
