"""A school's devices, each with an address of its own, let loose on whatever stands in the gateway; all of it over TLS.

``kept``: as many pages as can be had over kept connections. ``paced``: as many a second as is said, however long each
takes. ``fresh``: every page over a new connection. ``bell``: people sign in, each with new connections to many hosts,
and they come as fast as they come, served or not.
"""

import argparse
import asyncio
import json
import resource
import ssl
import time
from collections.abc import Coroutine
from contextlib import suppress
from itertools import count

from benchmarks.load import cpu_seconds, unchecked

HOSTS, DEVICES = 40, 200
FAR = ("203.0.113.10", "203.0.113.11", "203.0.113.12")
"""Where the hosts are; several, or the ports towards one would run out within a minute."""
AT_ONCE = 6
"""Connections that a browser opens beside each other."""
PER_SIGN_IN = 30
PATIENCE = 30.0
"""Seconds after which a browser gives a connection up."""
BACKLOG = 4096


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


class Load:
    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.context = given, unchecked()
        self.took: list[float] = []
        self.signed_in: list[float] = []
        self.failed = 0
        self._numbers = count()

    def path(self) -> str:
        return f"/{self.given.size}/{next(self._numbers) % self.given.pages}.html"

    async def kept(self) -> None:
        async def work(connection: Connection) -> None:
            while time.perf_counter() < until:
                began = time.perf_counter()
                connection = await self._fetched(connection)
                self.took.append(time.perf_counter() - began)

        connections = await self._opened()
        until = time.perf_counter() + self.given.seconds
        await self._measured(*(work(each) for each in connections))

    async def paced(self) -> None:
        every = self.given.clients / self.given.rate

        async def work(number: int, connection: Connection) -> None:
            due = start + every * number / self.given.clients
            while due < start + self.given.seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                connection = await self._fetched(connection)
                self.took.append(time.perf_counter() - due)  # what came late because of the one before, came late
                due += every

        connections = await self._opened()
        start = time.perf_counter()
        await self._measured(*(work(n, each) for n, each in enumerate(connections)))

    async def fresh(self) -> None:
        until = time.perf_counter() + self.given.seconds

        async def work(number: int) -> None:
            for turn in count():
                if time.perf_counter() >= until:
                    return
                await self._once(number + turn * self.given.clients)

        await self._measured(*(work(number) for number in range(self.given.clients)))

    async def bell(self) -> None:
        """``rate`` connections a second are wanted; so many people sign in."""
        people = int(self.given.rate * self.given.seconds / PER_SIGN_IN)

        async def sign_in(person: int) -> None:
            await asyncio.sleep(person * self.given.seconds / people)
            began, waiting = time.perf_counter(), iter(range(PER_SIGN_IN))

            async def browser() -> bool:
                return all([await self._once(person * PER_SIGN_IN + n) for n in waiting])

            if all(await asyncio.gather(*(browser() for _ in range(AT_ONCE)))):
                self.signed_in.append(time.perf_counter() - began)

        await self._measured(*(sign_in(person) for person in range(people)))

    def told(self) -> dict[str, float]:
        took, signed_in = sorted(self.took), sorted(self.signed_in)
        return {
            "done": len(took),
            "failed": self.failed,
            "seconds": self.seconds,
            "cpu": self.cpu,
            "p50": share(took, 0.5),
            "p95": share(took, 0.95),
            "signed_in": len(signed_in),
            "signed_in_p50": share(signed_in, 0.5),
            "signed_in_p95": share(signed_in, 0.95),
        }

    async def _opened(self) -> list[Connection]:
        found = []
        for first in range(0, self.given.clients, 50):  # the bell is another measurement
            some = range(first, min(first + 50, self.given.clients))
            found += await asyncio.gather(*(Connection(n, self.context).open() for n in some))
        return found

    async def _fetched(self, connection: Connection) -> Connection:
        """Some proxies close a kept connection after so many requests, as they may."""
        path = self.path()
        try:
            await connection.fetch(path)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            connection = await Connection(connection._number, self.context).open()
            await connection.fetch(path)
        return connection

    async def _once(self, number: int) -> bool:
        began, connection = time.perf_counter(), Connection(number, self.context)
        try:
            async with asyncio.timeout(PATIENCE):
                await connection.open()
                try:
                    await connection.fetch(self.path())
                finally:
                    connection.close()
        except (OSError, asyncio.IncompleteReadError):  # refused, reset, out of patience
            self.failed += 1
            return False
        self.took.append(time.perf_counter() - began)
        return True

    async def _measured(self, *work: Coroutine[None, None, None]) -> None:
        began, used = time.perf_counter(), cpu_seconds(self.given.pids)
        await asyncio.gather(*work)
        self.seconds = time.perf_counter() - began
        self.cpu = cpu_seconds(self.given.pids) - used


def share(ordered: list[float], of: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))] if ordered else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("kept", "paced", "fresh", "bell"))
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--rate", type=float, default=600, help="a second, of all together")
    parser.add_argument("--size", type=int, required=True, help="KB")
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--pids", type=int, nargs="*", default=[], help="whose processor time is counted")
    given = parser.parse_args()
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    load = Load(given)
    asyncio.run(getattr(load, given.what)())
    print(json.dumps(load.told()))


if __name__ == "__main__":
    main()
