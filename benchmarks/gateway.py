"""Pages per second, CPU per page and added latency: our gateway, the bare master, mitmdump and e2guardian in one run.

    .venv/bin/python -m benchmarks.gateway [--seconds 4] [--rounds 5] [--sizes 2 50 200] [--first]

Each proxy has the first core for itself; load and origin share the other. Every row is the median of the rounds, and
the rounds go round the proxies, so that a busy moment of the machine hits all of them.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pages
from benchmarks.proxies import PROXIES, Proxy, free_port
from benchmarks.sample_certificate import write_certificate

ROOT = Path(__file__).parent.parent
COUNT = 64


@dataclass(frozen=True, slots=True)
class Reading:
    pages_per_second: float
    cpu_ms: float
    """The proxy's own processor time for a page."""
    p50_ms: float
    p95_ms: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 50, 200], help="KB")
    parser.add_argument("--first", action="store_true", help="as root: before all else that runs on this machine")
    given = parser.parse_args()
    if given.first:
        come_first()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        plain, tls = stack.enter_context(origin(folder, given.sizes))
        proxies = [stack.enter_context(p.running(folder / p.name)) for p in PROXIES if p.available()]
        for size in given.sizes:
            for secure in (False, True):
                measure(proxies, size, secure, tls if secure else plain, given)
    return 0


def come_first() -> None:
    """What else runs takes a proxy's caches from it, which costs most where the most is read. Children inherit it."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except PermissionError:
        sys.exit("--first: only root may come before all else; leave it out on an idle machine")


@contextmanager
def origin(folder: Path, sizes: list[int]) -> Iterator[tuple[int, int]]:
    for size in sizes:
        pages.write(folder / "web" / str(size), size * 1000, COUNT)
    certificate = write_certificate(folder / "origin.pem", "127.0.0.1")
    plain, tls = free_port(), free_port()
    command = [sys.executable, "-m", "benchmarks.origin", str(folder / "web"), str(plain), str(tls), str(certificate)]
    process = subprocess.Popen(["taskset", "-c", "1", *command], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        process.stdout.readline()
        yield plain, tls
    finally:
        process.kill()
        process.wait()


def measure(proxies: list[Proxy], size: int, secure: bool, port: int, given: argparse.Namespace) -> None:
    usable = [p for p in proxies if p.opens_tls or not secure]
    rows: dict[str, list[Reading]] = {p.name: [] for p in usable}
    direct = []
    for _ in range(given.rounds):
        direct.append(load(None, port, secure, size, given.seconds / 2, connections=1))
        for proxy in usable:
            rows[proxy.name].append(reading(proxy, port, secure, size, given.seconds))
    bare = statistics.median(r["p50"] for r in direct) * 1000
    print(f"\n{size} KB, {'HTTPS' if secure else 'HTTP'} (direct: p50 {bare:.2f} ms)")
    print(f"{'':14}{'pages/s':>9}{'CPU ms/page':>13}{'to bare':>9}{'added p50 ms':>14}{'added p95 ms':>14}")
    base = statistics.median(r.cpu_ms for r in rows["bare master"])
    for proxy_name, readings in rows.items():
        m = Reading(*(statistics.median(getattr(r, f) for r in readings) for f in Reading.__slots__))
        print(
            f"{proxy_name:14}{m.pages_per_second:9.0f}{m.cpu_ms:13.2f}{m.cpu_ms / base:9.2f}"
            f"{m.p50_ms - bare:14.2f}{m.p95_ms - bare:14.2f}",
            flush=True,
        )
    if "e2guardian" in rows:
        ours, theirs = (statistics.median(r.pages_per_second for r in rows[n]) for n in ("gatehouse", "e2guardian"))
        print(f"gatehouse to e2guardian: {ours / theirs:.1f} times the pages/s")


def reading(proxy: Proxy, port: int, secure: bool, size: int, seconds: float) -> Reading:
    alone = load(proxy.port, port, secure, size, seconds / 2, connections=1)
    many = load(proxy.port, port, secure, size, seconds, connections=16, pids=proxy.pids())
    return Reading(
        many["pages"] / many["seconds"], many["cpu"] / many["pages"] * 1000, alone["p50"] * 1000, alone["p95"] * 1000
    )


def load(
    proxy: int | None, port: int, secure: bool, size: int, seconds: float, connections: int, pids: Sequence[int] = ()
) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.load", "--port", str(port), "--size", str(size), "--pages", str(COUNT)]
    command += ["--connections", str(connections), "--seconds", str(seconds)]
    command += ["--proxy", str(proxy)] if proxy else []
    command += ["--tls"] if secure else []
    command += ["--pids", *map(str, pids)] if pids else []
    done = subprocess.run(["taskset", "-c", "1", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the load failed: {shlex.join(command)}: {done.stderr.strip().splitlines()[-1]}")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    raise SystemExit(main())
