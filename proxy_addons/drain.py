"""Let this gateway come to its end without cutting anybody off: no new connections, and the open ones in their time."""

import asyncio
from collections.abc import Callable

from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.mode_servers import ProxyConnectionHandler

from proxy_addons.leaving_layer import Leave, http_of, is_idle
from proxy_addons.watchdog import Watchdog

GLANCE = 0.25
"""Seconds between looks at what is still open."""
PARTING = 1.0
"""Seconds in which a WebSocket's ends can still say good-bye."""


class Drain:
    """An addon, for the answers that are given meanwhile."""

    def __init__(self, proxy: Proxyserver, watchdog: Watchdog, end: Callable[[], None]) -> None:
        """``end`` ends the gateway, and with it what is still open."""
        self._proxy, self._watchdog, self._end = proxy, watchdog, end
        self._under_way: asyncio.Task[None] | None = None
        self._deadline = 0.0

    @property
    def open(self) -> int:
        """Connections of clients."""
        return len(self._proxy.connections)

    def begin(self, seconds: float) -> None:
        """From the event loop. Begun again, it may only become shorter."""
        deadline = asyncio.get_running_loop().time() + seconds
        if self._under_way is None:
            self._deadline = deadline
            self._under_way = asyncio.create_task(self._run())
        self._deadline = min(self._deadline, deadline)

    def responseheaders(self, flow: HTTPFlow) -> None:
        """The client then asks for the next thing over a new connection. Where HTTP/2 is spoken it was told already."""
        if self._under_way and flow.response and flow.response.status_code != 101 and flow.client_conn.alpn != b"h2":
            flow.response.headers["Connection"] = "close"

    async def _run(self) -> None:
        for server in self._proxy.servers:
            await server.stop()
        told: set[ProxyConnectionHandler] = set()
        while self.open and self._left() > 0:
            for handler in list(self._proxy.connections.values()):
                with self._watchdog.guard("drain"):
                    http = http_of(handler.layer)
                    if http and (handler not in told or is_idle(http)):
                        told.add(handler)
                        await handler.server_event(Leave())
            await asyncio.sleep(min(GLANCE, max(0.0, self._left())))
        for handler in list(self._proxy.connections.values()):
            with self._watchdog.guard("drain"):
                if http_of(handler.layer):
                    await handler.server_event(Leave(at_once=True))
        if self.open:
            await asyncio.sleep(PARTING)
        self._end()

    def _left(self) -> float:
        return self._deadline - asyncio.get_running_loop().time()
