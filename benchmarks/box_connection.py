"""One connection of a school's device, over TLS and with an address of its own."""

import asyncio
import ssl

HOSTS, DEVICES = 40, 200
FAR = ("203.0.113.10", "203.0.113.11", "203.0.113.12")
"""Where the hosts are; several, or the ports towards one would run out within a minute."""
PATIENCE = 30.0
"""Seconds after which a browser gives a connection up."""


def host(number: int) -> str:
    return f"h{number % HOSTS}.test"


def device(number: int) -> str:
    return f"192.0.2.{20 + number % DEVICES}"


class Connection:
    def __init__(self, number: int, context: ssl.SSLContext) -> None:
        self._number, self._context = number, context

    async def open(self) -> "Connection":
        self._reader, self._writer = await asyncio.open_connection(
            FAR[self._number % len(FAR)],
            443,
            local_addr=(device(self._number), 0),
            ssl=self._context,
            server_hostname=host(self._number),
            ssl_handshake_timeout=PATIENCE,
        )
        return self

    async def fetch(self, path: str) -> None:
        request = f"GET {path} HTTP/1.1\r\nHost: {host(self._number)}\r\nAccept: text/html\r\n\r\n"
        self._writer.write(request.encode())
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(answer.split(b"\r\n", 1)[0].decode("latin-1"))
        length = next(int(x.split(b":")[1]) for x in answer.lower().split(b"\r\n") if x.startswith(b"content-length"))
        await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.transport.abort()  # nobody waits for the other side's goodbye
