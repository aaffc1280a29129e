"""Reach hosts at addresses the settings name instead of asking DNS: a sample web on this machine, a moved service."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Resolve = Callable[..., Awaitable[list[Any]]]


class HostMap:
    def __init__(self, addresses: Mapping[str, str]) -> None:
        """Host name to "address:port"; ValueError if one is not."""
        self._addresses = {host.lower(): _address(where) for host, where in addresses.items()}

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer for the named hosts in place of the loop's resolver.

        Changing the address in mitmproxy's server_connect would do too, but then mitmproxy no longer knows the
        connection again and opens a new one upstream for every request.
        """
        if self._addresses:
            loop.getaddrinfo = self._resolver(loop.getaddrinfo)  # type: ignore[method-assign,assignment]

    def _resolver(self, otherwise: Resolve) -> Resolve:
        async def getaddrinfo(host: str | bytes | None, port: Any, **how: Any) -> list[Any]:
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else host or ""
            if known := self._addresses.get(name.rstrip(".").lower()):
                family = socket.AF_INET6 if ":" in known[0] else socket.AF_INET
                return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", known)]
            return await otherwise(host, port, **how)

        return getaddrinfo


def _address(where: str) -> tuple[str, int]:
    address, _, port = where.rpartition(":")
    if not address or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"{where!r} is not of the form address:port")
    return address.strip("[]"), int(port)
