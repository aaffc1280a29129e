"""A WebSocket's client for tests that wait line by line.

The library's own such client reads and writes TLS on two threads at once, which OpenSSL does not allow for: where a
session ticket comes in while the first request goes out, both wait for ever (one connection of some hundreds). Here
all of it happens on one event loop.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from websockets.asyncio import client

Said = str | bytes


class Connection:
    def __init__(self, loop: asyncio.AbstractEventLoop, opened: client.ClientConnection) -> None:
        self._loop, self._opened = loop, opened

    def send(self, said: Said | Iterable[Said]) -> None:
        """Of several pieces each goes in a frame of its own."""
        _wait(self._loop, self._opened.send(said))

    def recv(self, timeout: float = 60) -> Said:
        return _wait(self._loop, asyncio.wait_for(self._opened.recv(), timeout))

    def ping(self) -> None:
        _wait(self._loop, self._opened.ping())


@contextmanager
def connect(address: str, **how: Any) -> Iterator[Connection]:
    """``how``: as the library's ``connect``."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        opened = _wait(loop, _open(address, how))
        try:
            yield Connection(loop, opened)
        finally:
            _wait(loop, opened.close())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()


async def _open(address: str, how: dict[str, Any]) -> client.ClientConnection:
    return await client.connect(address, **how)


def _wait(loop: asyncio.AbstractEventLoop, doing: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(doing, loop).result()
