"""From a flagged response to its stored picture: seconds, captures per second, and the memory of the whole renderer.

    .venv/bin/python -m benchmarks.captures [--pages 20] [--burst 40]

Everything runs as ``gatehouse run --empty`` starts it. Pages of 50 KB with a style sheet and six pictures come from an
origin of the benchmark's own, through the gateway; the database says when the picture is there.
"""

import argparse
import io
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import urllib3
from PIL import Image

from benchmarks.pages import near_misses, page
from benchmarks.proxies import free_port
from detection.library import SHIPPED, load

ROOT = Path(__file__).parent.parent
NEAR = near_misses(load(SHIPPED))
PATIENCE = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20, help="one after the other")
    parser.add_argument("--burst", type=int, default=40, help="all at once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _origin() as origin, _gatehouse(Path(name)) as (proxy, pid):
        folder = Path(name)
        visit = _Visitor(proxy, origin)
        visit(9999)  # the browser's first start is not what is measured
        _wait(folder, 1)
        seconds = sorted(_one(visit, folder, number) for number in range(given.pages))
        peak = _Peak(pid)
        before, start = _drawn(folder), time.perf_counter()
        for number in range(given.burst):
            visit(1000 + number)
        _wait(folder, before + given.burst)
        rate = given.burst / (time.perf_counter() - start)
        print(f"{'':34}{'measured':>10}{'limit':>8}{'ratio':>7}")
        _row("flagged response to picture, p50 s", statistics.median(seconds), 2.0)
        _row("flagged response to picture, p95 s", seconds[len(seconds) * 95 // 100], None)
        _row("captures a second, in a burst", rate, 2.0)
        _row("worker and renderer, peak PSS MB", peak.stop(), None)
    return 0


def _row(what: str, measured: float, limit: float | None) -> None:
    print(f"{what:34}{measured:10.2f}{limit or '':>8}{f'{measured / limit:.2f}' if limit else '':>7}")


def _one(visit: "_Visitor", folder: Path, number: int) -> float:
    before = _drawn(folder)
    visit(number)
    start = time.perf_counter()
    _wait(folder, before + 1)
    return time.perf_counter() - start


def _drawn(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder}/data/gatehouse.db?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM captures WHERE picture IS NOT NULL").fetchone()[0])


def _wait(folder: Path, count: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while _drawn(folder) < count:
        if time.monotonic() > deadline:
            raise SystemExit(f"only {_drawn(folder)} of {count} captures were drawn in {PATIENCE:.0f} s")
        time.sleep(0.02)


class _Visitor:
    """A browser's part: the page, then what it is drawn with."""

    def __init__(self, proxy: int, origin: int) -> None:
        self._pool = urllib3.ProxyManager(f"http://127.0.0.1:{proxy}", maxsize=4)
        self._site = f"http://127.0.0.1:{origin}"

    def __call__(self, number: int) -> None:
        address = f"{self._site}/page/{number}"
        self._pool.request("GET", address, headers={"Accept": "text/html", "Sec-Fetch-Dest": "document"})
        for part in ("style.css", *(f"{number}-{n}.png" for n in range(6))):
            kind = "style" if part.endswith("css") else "image"
            self._pool.request("GET", f"{self._site}/{part}", headers={"Referer": address, "Sec-Fetch-Dest": kind})


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kind, body = _content(self.path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _content(path: str) -> tuple[str, bytes]:
    if path.endswith(".css"):
        return "text/css", b"body{font:16px sans-serif;max-width:60em;margin:auto}img{width:30%}"
    rng = random.Random(path)
    if path.endswith(".png"):
        picture = Image.new("RGB", (400, 300), tuple(rng.randrange(256) for _ in range(3)))
        out = io.BytesIO()
        picture.save(out, "PNG")
        return "image/png", out.getvalue()
    number = path.rpartition("/")[2]
    html = page(rng, 50_000, rng.sample(NEAR, 3), int(number)).decode()
    words = f"<p>Number {number} writes that i want to kill myself tonight, and signs as reader {number}.</p>"
    pictures = "".join(f'<img src="/{number}-{n}.png">' for n in range(6))
    style = '<link rel="stylesheet" href="/style.css">'
    return "text/html; charset=utf-8", html.replace("<style>", f"{style}<style>").replace(
        "<body>", f"<body>{words}{pictures}"
    ).encode()


@contextmanager
def _origin() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _gatehouse(folder: Path) -> Iterator[tuple[int, int]]:
    """The proxy's port, and the id of the process above the worker."""
    proxy = free_port()
    command = [sys.executable, "-m", "appliance.cli", "run", "--empty", "--data", str(folder / "data")]
    command += ["--proxy-port", str(proxy), "--console-port", str(free_port()), "--appliance-port", str(free_port())]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    try:
        while b"Gatehouse is running." not in (folder / "output").read_bytes():
            if process.poll() is not None:
                raise SystemExit((folder / "output").read_text())
            time.sleep(0.1)
        yield proxy, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


class _Peak:
    """The highest memory (PSS) of the worker and everything below it."""

    def __init__(self, pid: int) -> None:
        self._pid, self._highest, self._stopped = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        self._stopped.set()
        self._thread.join()
        return self._highest

    def _watch(self) -> None:
        while not self._stopped.wait(0.3):
            workers = [p for p in _below(self._pid) if b"\0worker\0" in _read(f"/proc/{p}/cmdline")]
            tree = {p for worker in workers for p in (worker, *_below(worker))}
            self._highest = max(self._highest, sum(map(_pss, tree)))


def _below(pid: int) -> list[int]:
    found = []
    for task in _listed(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{task}/children").split():
            found += [int(child), *_below(int(child))]
    return found


def _pss(pid: int) -> float:
    lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(b"Pss:")) / 1024


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


if __name__ == "__main__":
    raise SystemExit(main())
