"""How fast a capture is replayed, and in how much memory, beside tshark reading the same capture in the same run.

    .venv-gateway/bin/python -m benchmarks.replay [--megabytes 500] [--kinds plain tls1 tls2] [--jobs 1 2]

The capture is made here: pages and pictures, half of the bytes of bodies each, fetched by 60 clients. tshark prints
the fields of http and http2 with the same keys. Megabytes are the file's; starting is in the time, but for building the
library's automatons, which are kept from one replay to the next.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from benchmarks.capture_writing import CaptureWriting
from benchmarks.pages import pages
from benchmarks.recorded_talks import PAGE, PICTURE, Answer, Tls, http1, http2
from benchmarks.sample_certificate import write_certificate
from proxy_addons.replay.report import columns

CLIENTS, ANSWERS = 60, 40
"""Who takes part, and answers of one connection."""
SIZE, DISTINCT = 50_000, 1_000
LIMITS = {1: 0.6, 2: 1.0}
"""Of tshark's speed, by jobs."""
HEADINGS = ("capture", "who", "seconds", "MB/s", "of tshark", "limit", "peak MB")
FIELDS = (
    "http.request.method", "http.request.full_uri", "http.response.code", "http2.headers.path", "http2.headers.status",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--kinds", nargs="+", default=["plain", "tls1", "tls2"], choices=["plain", "tls1", "tls2"])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--keep", type=Path, help="folder for the captures, which are else removed")
    given = parser.parse_args()
    if not shutil.which("tshark"):
        sys.exit("tshark is not installed: sudo apt install tshark")
    rows = [HEADINGS]
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(exist_ok=True)
        write_capture("plain", folder / "first.pcap", folder / "first.keys", 1 << 20)
        timed(replay(1, folder / "first.pcap", folder / "first.keys"))
        for kind in given.kinds:
            rows += measured(kind, folder, given.megabytes << 20, given.jobs)
    print("\n".join(columns(rows, right=range(2, 7))))


def measured(kind: str, folder: Path, size: int, jobs: list[int]) -> Iterator[tuple[str, ...]]:
    capture, keys = folder / f"{kind}.pcap", folder / f"{kind}.keys"
    if not capture.exists():
        write_capture(kind, capture, keys, size)
    megabytes = capture.stat().st_size / 1e6
    shark = ["tshark", "-r", str(capture), "-Y", "http || http2", "-T", "fields"]
    shark += [part for field in FIELDS for part in ("-e", field)]
    theirs, peak, _ = timed([*shark, "-o", f"tls.keylog_file:{keys}"])
    name = f"{kind}, {megabytes:,.0f} MB"
    yield name, "tshark", f"{theirs:.1f}", f"{megabytes / theirs:.1f}", "", "", f"{peak:,.0f}"
    for number in jobs:
        ours, peak, said = timed(replay(number, capture, keys))
        read = json.loads(said)
        bodies, requests = len(read["bodies"]), len(read["requests"])
        limit = f"{LIMITS[number]:.1f}" if number in LIMITS else ""
        who = f"--jobs {number}: {requests:,} requests, {bodies:,} bodies"
        yield "", who, f"{ours:.1f}", f"{megabytes / ours:.1f}", f"{theirs / ours:.2f}", limit, f"{peak:,.0f}"


def replay(jobs: int, capture: Path, keys: Path) -> list[str]:
    command = [sys.executable, "-m", "appliance.cli", "replay", "--json", f"--jobs={jobs}", str(capture)]
    return [*command, *([f"--keylog={keys}"] if keys.exists() else [])]


def write_capture(kind: str, capture: Path, keys: Path, size: int) -> None:
    answers, clients = answered(), count()
    certificate = write_certificate(capture.with_suffix(".pem"), "192.0.2.80")
    with capture.open("wb") as file:
        writing = CaptureWriting(file)
        while file.tell() < size:
            client = bytes((10, 20, 0, 1 + next(clients) % CLIENTS))
            port = 80 if kind == "plain" else 443
            connection = writing.connection(client, bytes((192, 0, 2, 80)), port)
            if kind == "plain":
                http1(connection, islice(answers, ANSWERS))
            else:
                tls = Tls(connection, certificate, keys, "http/1.1" if kind == "tls1" else "h2")
                (http1 if kind == "tls1" else http2)(tls, islice(answers, ANSWERS))
            connection.close()


def answered() -> Iterator[Answer]:
    """Pages and pictures by turns, without end."""
    rng, made = random.Random("pictures"), list(pages(SIZE, DISTINCT))
    for number in count():
        yield f"/{number}.html", PAGE, made[number % DISTINCT]
        yield f"/{number}.jpg", PICTURE, b"\xff\xd8\xff\xe0" + rng.randbytes(SIZE - 4)


def timed(command: list[str]) -> tuple[float, float, bytes]:
    """Seconds, the most memory of it and its children together in MB, and what it said."""
    with tempfile.TemporaryFile() as output:
        start, peak = time.perf_counter(), 0.0
        running = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            peak = max(peak, memory(running.pid))
            time.sleep(0.2)
        seconds = time.perf_counter() - start
        output.seek(0)
        return seconds, peak, output.read()


def memory(pid: int) -> float:
    """MB of a process and those it started, what they share counted once."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # it has just ended
    own = next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)
    return own + sum(memory(int(child)) for child in children)


if __name__ == "__main__":
    main()
