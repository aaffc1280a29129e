"""A worker's end of the line to its supervisor: it says twice a second that it answers, and is told when to leave."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

from proxy_addons.drain import Drain

BEAT = 0.5
"""Seconds."""


class Lifeline:
    """An addon, so that it begins once pupils can connect. Whoever cannot beat does not answer pupils either."""

    def __init__(
        self,
        line: socket.socket,
        drain: Drain,
        alone_seconds: float,
        tunnel: Callable[[bytes], None],
    ) -> None:
        """``alone_seconds``: how long what is open may go on once the supervisor is gone. ``tunnel`` hears of one."""
        self._line, self._drain, self._alone, self._tunnel = line, drain, alone_seconds, tunnel
        self._beating: asyncio.Task[None] | None = None
        self._heard = b""

    def running(self) -> None:
        self._line.setblocking(False)
        loop = asyncio.get_running_loop()
        loop.add_reader(self._line, self._hear)
        self._beating = loop.create_task(self._beat())

    def done(self) -> None:
        if self._beating:
            self._beating.cancel()
            asyncio.get_event_loop().remove_reader(self._line)
        self._line.close()

    async def _beat(self) -> None:
        while True:
            with suppress(OSError):  # a supervisor that does not listen, or is gone, is found out by hearing
                self._line.send(b"open %d\n" % self._drain.open)
            await asyncio.sleep(BEAT)

    def _hear(self) -> None:
        try:
            said = self._line.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            asyncio.get_running_loop().remove_reader(self._line)
            self._drain.begin(self._alone)
            return
        *lines, self._heard = (self._heard + said).split(b"\n")
        for line in lines:
            what, _, more = line.partition(b" ")
            if what == b"drain":
                self._drain.begin(float(more))
            elif what == b"tunnel":
                self._tunnel(more)
