"""How long others wait while large pages are being read: a small picture, fetched again and again beside them.

    .venv/bin/python -m benchmarks.stall [--seconds 10]

The limit is 20 ms more than through the bare master under the same load: reading has a thread of its own, and what is
not text never waits for it.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import urllib3

from benchmarks.gateway import COUNT, ROOT, origin
from benchmarks.proxies import PROXIES, Proxy

LARGE = 1000
"""KB of the pages that are read."""
LIMIT = 20.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    print(f"{'':14}{'fetches':>9}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        plain, _ = stack.enter_context(origin(folder, [LARGE]))
        found = {}
        for proxy in PROXIES[:2]:
            with proxy.running(folder / proxy.name):
                found[proxy.name] = waits(proxy, plain, given.seconds)
    ours, bare = (values[len(values) * 99 // 100] for values in found.values())
    print(f"added at p99: {ours - bare:.1f} ms, limit {LIMIT:.0f} ms, ratio {(ours - bare) / LIMIT:.2f}")
    return 0


def waits(proxy: Proxy, port: int, seconds: float) -> list[float]:
    """Milliseconds of each small fetch, in order of size, while four pupils read large pages."""
    load = [sys.executable, "-m", "benchmarks.load", "--proxy", str(proxy.port), "--port", str(port)]
    load += ["--size", str(LARGE), "--pages", str(COUNT), "--connections", "4", "--seconds", str(seconds + 2)]
    beside = subprocess.Popen(["taskset", "-c", "1", *load], cwd=ROOT, stdout=subprocess.DEVNULL)
    pool = urllib3.ProxyManager(f"http://127.0.0.1:{proxy.port}")
    took, end = [], time.monotonic() + seconds
    time.sleep(1)
    while time.monotonic() < end:
        start = time.perf_counter()
        pool.request("GET", f"http://127.0.0.1:{port}/dot.png")
        took.append((time.perf_counter() - start) * 1000)
        time.sleep(0.005)
    beside.wait()
    took.sort()
    row = took[len(took) // 2], took[len(took) * 99 // 100], took[-1]
    print(f"{proxy.name:14}{len(took):9}" + "".join(f"{value:9.1f}" for value in row), flush=True)
    return took


if __name__ == "__main__":
    raise SystemExit(main())
