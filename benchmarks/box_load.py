"""A school's devices, each with an address of its own, let loose on whatever stands in the gateway; all of it over TLS.

``halved``: as many pages as can be had over kept connections, then half as many a second, however long each takes.
``paced``: as many a second as is said. ``fresh``: every page over a new connection. ``bell``: people sign in, each with
new connections to many hosts, and they come as fast as they come, served or not.
"""

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Coroutine
from contextlib import suppress
from itertools import count

from benchmarks.box_connection import PATIENCE, Connection
from benchmarks.load import cpu_seconds, unchecked

AT_ONCE = 6
"""Connections that a browser opens beside each other."""
PER_SIGN_IN = 30


class Load:
    def __init__(self, given: argparse.Namespace) -> None:
        self.given, self.context = given, unchecked()
        self.took: list[float] = []
        self.signed_in: list[float] = []
        self.failed = 0
        self.full = 0.0
        self._numbers = count()

    def path(self) -> str:
        return f"/{self.given.size}/{next(self._numbers) % self.given.pages}.html"

    async def halved(self) -> None:
        connections = await self._opened()
        await self._at_full(connections, self.given.full_seconds)
        self.full = len(self.took) / self.seconds
        self.took.clear()
        await self._at_pace(connections, self.full / 2)

    async def paced(self) -> None:
        await self._at_pace(await self._opened(), self.given.rate)

    async def fresh(self) -> None:
        until = time.perf_counter() + self.given.seconds

        async def work(number: int) -> None:
            for turn in count():
                if time.perf_counter() >= until:
                    return
                await self._once(number + turn * self.given.clients)

        await self._measured(*(work(number) for number in range(self.given.clients)))

    async def bell(self) -> None:
        """``rate`` connections a second are wanted; so many people sign in. Who has not after three times as long and
        a browser's patience never does."""
        people = int(self.given.rate * self.given.seconds / PER_SIGN_IN)

        async def sign_in(person: int) -> None:
            await asyncio.sleep(person * self.given.seconds / people)
            began, waiting = time.perf_counter(), iter(range(PER_SIGN_IN))

            async def browser() -> bool:
                return all([await self._once(person * PER_SIGN_IN + n) for n in waiting])

            if all(await asyncio.gather(*(browser() for _ in range(AT_ONCE)))):
                self.signed_in.append(time.perf_counter() - began)

        await self._measured(*(sign_in(person) for person in range(people)), within=3 * self.given.seconds + PATIENCE)

    def told(self) -> dict[str, float]:
        took, signed_in = sorted(self.took), sorted(self.signed_in)
        return {
            "full": self.full,
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
        """Each has brought a page already: with its first, whoever stands between opens a connection to the far side,
        which is measured with the fresh ones."""
        found = []
        for first in range(0, self.given.clients, 50):  # the bell is another measurement
            some = range(first, min(first + 50, self.given.clients))
            opened = await asyncio.gather(*(Connection(n, self.context).open() for n in some))
            found += await asyncio.gather(*(self._fetched(each) for each in opened))
        return found

    async def _at_full(self, connections: list[Connection], seconds: float) -> None:
        until = time.perf_counter() + seconds

        async def work(number: int) -> None:
            while time.perf_counter() < until:
                began = time.perf_counter()
                connections[number] = await self._fetched(connections[number])
                self.took.append(time.perf_counter() - began)

        await self._measured(*(work(number) for number in range(len(connections))))

    async def _at_pace(self, connections: list[Connection], rate: float) -> None:
        every, start = len(connections) / rate, time.perf_counter()

        async def work(number: int) -> None:
            due = start + every * number / len(connections)
            while due < start + self.given.seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                connections[number] = await self._fetched(connections[number])
                self.took.append(time.perf_counter() - due)  # what came late because of the one before, came late
                due += every

        await self._measured(*(work(number) for number in range(len(connections))))

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

    async def _measured(self, *work: Coroutine[None, None, None], within: float | None = None) -> None:
        began, used = time.perf_counter(), cpu_seconds(self.given.pids)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*work), within)
        self.seconds = time.perf_counter() - began
        self.cpu = cpu_seconds(self.given.pids) - used


def share(ordered: list[float], of: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))] if ordered else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("halved", "paced", "fresh", "bell"))
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--full-seconds", type=float, default=1, help="at full load, before half of it")
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
