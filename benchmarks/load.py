"""Pupils at work: fetch pages through a proxy over kept connections, and say how long each took."""

import argparse
import asyncio
import json
import os
import ssl
import time
from itertools import count
from pathlib import Path


class Pupil:
    """One kept connection, one request at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def __init__(self, proxy: int | None, host: str, port: int, tls: bool, protocols: tuple[str, ...] = ()) -> None:
        self._proxy, self._host, self._port, self._tls, self._protocols = proxy, host, port, tls, protocols

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._proxy or self._port)
        if self._tls:
            through = f"{self._host}:{self._port}" if self._proxy else ""
            await secure(self.reader, self.writer, through, self._host, self._protocols)

    def leave(self) -> None:
        if hasattr(self, "writer"):
            self.writer.close()

    async def fetch(self, path: str) -> None:
        target = path if self._tls or not self._proxy else f"http://{self._host}:{self._port}{path}"
        self.writer.write(
            f"GET {target} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAccept: text/html\r\n\r\n".encode()
        )
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.split(b"\r\n", 1)[0].decode("latin-1"))
        length = next(int(x.split(b":")[1]) for x in answer.lower().split(b"\r\n") if x.startswith(b"content-length"))
        await self.reader.readexactly(length)


async def secure(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, through: str, host: str,
                 protocols: tuple[str, ...] = ()) -> None:  # fmt: skip
    """Speak TLS from here on; ``through`` is where a proxy is to lead first."""
    if through:
        writer.write(f"CONNECT {through} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
    context = unchecked()
    if protocols:
        context.set_alpn_protocols(list(protocols))
    await writer.start_tls(context, server_hostname=host)


def unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def work(pupil: Pupil, paths: list[str], numbers: "count[int]", until: float, took: list[float]) -> None:
    while time.perf_counter() < until:
        path = paths[next(numbers) % len(paths)]
        start = time.perf_counter()
        try:
            await pupil.fetch(path)
        except asyncio.IncompleteReadError:
            # Some proxies close a kept connection after so many requests, as they may: come again.
            await pupil.connect()
            await pupil.fetch(path)
        took.append(time.perf_counter() - start)


async def run(given: argparse.Namespace) -> dict[str, float]:
    took: list[float] = []
    numbers = count()
    paths = [f"/{given.size}/{n}.html" for n in range(given.pages)]
    pupils = [Pupil(given.proxy, given.host, given.port, given.tls) for _ in range(given.connections)]
    await asyncio.gather(*(pupil.connect() for pupil in pupils))
    start, used = time.perf_counter(), cpu_seconds(given.pids)
    await asyncio.gather(*(work(p, paths, numbers, start + given.seconds, took) for p in pupils))
    seconds = time.perf_counter() - start
    took.sort()
    return {
        "pages": len(took),
        "seconds": seconds,
        "cpu": cpu_seconds(given.pids) - used,
        "p50": took[len(took) // 2],
        "p95": took[len(took) * 95 // 100],
    }


def cpu_seconds(pids: list[int]) -> float:
    """Processor time these processes have used so far. Connections are made before it is first asked."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proxy", type=int)
    parser.add_argument("--pids", type=int, nargs="*", default=[], help="whose processor time is counted")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=4)
    print(json.dumps(asyncio.run(run(parser.parse_args()))))
