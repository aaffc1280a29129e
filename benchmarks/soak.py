"""The gateway's memory over half an hour of 500 pupils who never hang up: pages, HTTP/2 and chats.

    .venv/bin/python -m benchmarks.soak [--minutes 30] [--pupils 500]

Three in five fetch pages over kept connections, one in five over one long HTTP/2 connection, one in five chats over a
WebSocket; each does something every three seconds or so. What the recorder may keep is full after ten minutes, so the
highest memory is compared with memory then (with less than half an hour: with that after a third): at most 10 % more.
Whoever is cut off, or not let in within a minute, comes again, and is counted.
"""

import argparse
import asyncio
import json
import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import h2.config
import h2.connection
import h2.events
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from benchmarks.gateway import COUNT, origin
from benchmarks.load import Pupil, unchecked
from benchmarks.proxies import PROXIES, Proxy
from tests.proxy_addons.origin import Answer, Web, chat, http2

PAUSE = 3.0
"""Seconds, about, between two things a pupil does."""
ARRIVAL = 60.0
"""Seconds within which all have come."""
LET_IN = 60.0
"""Seconds until a connection must stand."""
LIMIT = 1.10
WORDS = ("see", "you", "at", "the", "bus", "stop", "after", "school", "bring", "the", "book", "and", "the", "ball")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--pupils", type=int, default=500)
    given = parser.parse_args()
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # that everybody hangs up at the end is no news
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        _, tls = stack.enter_context(origin(folder, [2, 50]))
        web = Web(answers={"/": Answer(b"<p>" + " ".join(WORDS * 80).encode() + b"</p>")})
        long = stack.enter_context(http2(web, folder / "origin.pem"))
        talk = stack.enter_context(chat(folder / "origin.pem", lambda said: said))
        gateway = stack.enter_context(PROXIES[0].running(folder / "gatehouse"))
        return asyncio.run(soak(gateway, given, tls, long, talk, folder / "gatehouse" / "state" / "status.json"))


async def soak(gateway: Proxy, given: argparse.Namespace, tls: int, long: int, talk: int, status: Path) -> int:
    share, again = given.pupils // 5, Counter[str]()
    kinds = [lambda n=n: pages(gateway.port, tls, n) for n in range(share * 3)]
    kinds += [lambda: one_connection(gateway.port, long), lambda: chats(gateway.port, talk)] * share
    pupils = [asyncio.create_task(staying(kind, again)) for kind in kinds]
    began, settled, highest = time.monotonic(), 0.0, 0.0
    full = min(12.0, given.minutes / 3)
    print(f"{'minute':>8}{'MB':>8}{'messages':>10}{'unread':>8}{'faults':>8}{'again':>7}")
    while (minute := (time.monotonic() - began) / 60) < given.minutes:
        await asyncio.sleep(min(60.0, given.minutes * 6))
        minute, memory = (time.monotonic() - began) / 60, megabytes(gateway)
        print(f"{minute:>8.1f}{memory:>8.1f}{counts(status)}{again.total():>7}", flush=True)
        if minute <= full or not settled:
            settled = memory
        else:
            highest = max(highest, memory)
    for pupil in pupils:
        pupil.cancel()
    for fault, times in again.most_common():
        print(f"came again after {fault}: {times}")
    ratio = highest / settled
    print(f"settled at {settled:.1f} MB, highest after that {highest:.1f} MB: ratio {ratio:.3f}, limit {LIMIT:.2f}")
    print(f"unread: {json.loads(status.read_text()).get('unread')}")
    return 0 if ratio <= LIMIT else 1


async def staying(once: Callable[[], Awaitable[None]], again: Counter[str]) -> None:
    await asyncio.sleep(random.uniform(0, ARRIVAL))
    while True:
        try:
            await once()
        except (OSError, EOFError, RuntimeError, WebSocketException) as e:
            again[type(e).__name__] += 1
            await pause()


async def pages(proxy: int, port: int, number: int) -> None:
    pupil = Pupil(proxy, "127.0.0.1", port, True)
    try:
        async with asyncio.timeout(LET_IN):
            await pupil.connect()
        for turn in range(1 << 30):
            await pupil.fetch(f"/{50 if turn % 4 == 0 else 2}/{(number + turn) % COUNT}.html")
            await pause()
    finally:
        pupil.leave()


async def one_connection(proxy: int, port: int) -> None:
    pupil = Pupil(proxy, "127.0.0.1", port, True, ("h2",))
    try:
        async with asyncio.timeout(LET_IN):
            await pupil.connect()
        await asking(pupil, port)
    finally:
        pupil.leave()


async def asking(pupil: Pupil, port: int) -> None:
    speaker = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    speaker.initiate_connection()
    while True:
        stream = speaker.get_next_available_stream_id()
        fields = {":method": "GET", ":path": "/", ":scheme": "https", ":authority": f"127.0.0.1:{port}"}
        speaker.send_headers(stream, [*fields.items(), ("accept", "text/html")], end_stream=True)
        ended = False
        while not ended:
            pupil.writer.write(speaker.data_to_send())
            for event in speaker.receive_data(await pupil.reader.read(65536)):
                if isinstance(event, h2.events.DataReceived):
                    speaker.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                ended = ended or isinstance(event, h2.events.StreamEnded)
                if isinstance(event, h2.events.ConnectionTerminated | h2.events.StreamReset):
                    raise ConnectionError(type(event).__name__)
            if pupil.reader.at_eof():
                raise EOFError
        pupil.writer.write(speaker.data_to_send())
        await pause()


async def chats(proxy: int, port: int) -> None:
    address, through = f"wss://127.0.0.1:{port}/", f"http://127.0.0.1:{proxy}"
    async with connect(address, ssl=unchecked(), proxy=through, ping_interval=None, open_timeout=LET_IN) as line:
        while True:
            said = " ".join(random.choices(WORDS, k=9))
            await line.send(json.dumps({"type": "message", "room": "r1", "text": said}))
            await line.recv()
            await pause()


async def pause() -> None:
    await asyncio.sleep(random.uniform(PAUSE * 0.5, PAUSE * 1.5))


def megabytes(gateway: Proxy) -> float:
    """Resident memory of the gateway and whatever it started."""
    return sum(resident(pid) for pid in gateway.pids()) / 1024


def resident(pid: int) -> int:
    """KB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def counts(status: Path) -> str:
    said = json.loads(status.read_text())
    unread, faults = (sum(said.get(group, {}).values()) for group in ("unread", "faults"))
    return f"{said.get('messages', 0):>10}{unread:>8}{faults:>8}"


if __name__ == "__main__":
    raise SystemExit(main())
