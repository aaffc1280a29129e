"""The box as a school meets it: the bell at nine, requests, latency, TLS, memory and what goes past it, in one run.

    .venv/bin/python -m benchmarks.box [--quick] [--clients 50 500] [--size 10]

A town of network namespaces (root is needed): 200 devices, the gateway with the box's own firewall, an internet of
forty hosts. In the gateway stand one after another: nothing, one worker, two workers, squid with ssl-bump, and
e2guardian with MITM, the last two where Debian's packages are installed (squid-openssl, e2guardian). One worker, squid
and e2guardian have the first core for themselves, load and origin the others; two workers share all cores with them.
iperf3 measures what goes past the workers.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import pages
from benchmarks.box_bypass import LIMIT, bypass
from benchmarks.box_load import DEVICES, FAR, HOSTS, PER_SIGN_IN, device, host
from benchmarks.box_readers import DIRECT, READERS, SQUID, Running, apart, standing
from benchmarks.sample_certificate import write_authority, write_certificate
from tests.box.place import PROJECT, Place
from tests.box.pupil import curl
from tests.box.town import Town, town, why_not

COUNT = 64
BELL_RATE, BELL_SECONDS = 600, 60
"""1,200 people in a minute, each with thirty new connections."""
P50_LIMIT, P95_LIMIT = 5, 20
"""Milliseconds that may be added at half load."""


@dataclass(frozen=True)
class Figures:
    kept: float
    """Requests a second over kept connections."""
    fresh: float
    """New TLS connections a second, each with a request."""
    fresh_cpu_ms: float
    p50_ms: float
    p95_ms: float
    """At half of ``kept``."""
    half: float
    megabytes: float
    """Of a worker."""


@dataclass(frozen=True)
class Bell:
    asked: int
    served: int
    within: int
    """Served before the bell's last second had passed: how many a second."""
    signed_in: int
    people: int
    p50_s: float
    p95_s: float
    cpu_ms: float
    queued: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--size", type=int, default=10, help="KB of a page; of those at the bell: 2")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=5, help="of iperf3, each way")
    parser.add_argument(
        "--quick", action="store_true", help="a second each, a bell of two, 50 clients: only whether it works"
    )
    parser.add_argument("--only", nargs="+", choices=[reader.name for reader in READERS], help="leave the others out")
    given = parser.parse_args()
    if given.quick:
        given.seconds, given.rounds, given.clients = 1, 1, given.clients[:1]
    if reason := why_not():
        sys.exit(reason)
    chosen = [reader for reader in READERS if not given.only or reader.name in given.only]
    readers = [reader for reader in chosen if not reader.missing()]
    for reader in chosen:
        if reader.missing():
            print(f"left out: {reader.name} (package {reader.missing()} is not installed)")
    with tempfile.TemporaryDirectory(prefix="gatehouse-box-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        place = stack.enter_context(town(folder))
        many_devices(place)
        if shutil.which("iperf3"):
            carried = bypass(place, given.rounds, max(1, given.seconds / 3))
            print(f"past the workers: {carried.passed:.2f} Gbit/s, routed without a firewall {carried.routed:.2f},")
            print(f"keeping track of connections {carried.tracked:.2f}")
            print(f"ratio {carried.ratio:.3f}, limit {LIMIT}; to keeping track {carried.to_tracked:.3f}\n", flush=True)
        else:
            print("left out: what goes past the workers (package iperf3 is not installed)")
        stack.enter_context(internet(place, folder, (2, given.size)))
        figures = dict[tuple[str, int], Figures]()
        bells = dict[str, Bell]()
        try:
            for reader in readers:
                with standing(reader, place, folder / reader.name.replace(" ", "")) as running:
                    is_read(place, running)
                    for clients in given.clients:
                        figures[reader.name, clients] = measured(place, running, clients, given)
                    bells[reader.name] = bell(place, running, 2 if given.quick else BELL_SECONDS)
                print(f"measured: {reader.name}", flush=True)
        finally:  # what has been measured when somebody loses patience is true as well
            for clients in given.clients:
                table({name: each for (name, of), each in figures.items() if of == clients}, clients, given.size)
            bell_table(bells)
    return 0


def many_devices(place: Town) -> None:
    lines = "".join(f"address add {device(n)}/24 dev lan\n" for n in range(DEVICES))
    subprocess.run(["ip", "-n", place.pupils.name, "-batch", "-"], input=lines, text=True, check=True)
    names = {host(n): FAR[n % len(FAR)] for n in range(HOSTS)}
    for each in place.places:
        each.hosts(names)
        each.run("sysctl", "-qw", "net.ipv4.ip_local_port_range=1025 65000", "net.core.somaxconn=4096")


@contextmanager
def internet(place: Town, folder: Path, sizes: Sequence[int]) -> Iterator[None]:
    for size in sizes:
        pages.write(folder / "web" / str(size), size * 1000, COUNT)
    certificate = write_certificate(folder / "origin.pem", *(host(n) for n in range(HOSTS)))
    write_authority(folder / "peer.pem", folder / "peer-key.pem")
    files = ["--host", "0.0.0.0", folder / "web", "80", "443", certificate]
    command = ["prlimit", "--nofile=16384", *apart(), sys.executable, "-m", "benchmarks.origin", *files]
    with place.internet.running(*command):
        place.pupils.run("sh", "-c", f"until curl -ks https://{FAR[0]}/dot.png >/dev/null; do sleep 0.2; done")
        yield


def is_read(place: Town, running: Running) -> None:
    """Or what was measured would be something else."""
    if running.root:
        for number in range(HOSTS):  # a certificate for each host is made before, as in any school at any hour
            got = curl(place.pupils, f"https://{host(number)}/2/0.html", running.root)
            if got.exit or got.status != 200:
                sys.exit(f"{host(number)} is not read: {got.said} {place.gateway.said()[-800:]}")


def measured(place: Town, running: Running, clients: int, given: argparse.Namespace) -> Figures:
    options = ["--clients", clients, "--size", given.size]
    kept = load(place, running, "kept", given.seconds, *options)
    half = kept["done"] / kept["seconds"] / 2
    paced = load(place, running, "paced", given.seconds, "--rate", half, *options)
    fresh = load(place, running, "fresh", given.seconds, "--clients", min(clients, 100), "--size", 2)
    return Figures(
        kept=kept["done"] / kept["seconds"],
        fresh=fresh["done"] / fresh["seconds"],
        fresh_cpu_ms=fresh["cpu"] / max(1, fresh["done"]) * 1000,
        p50_ms=paced["p50"] * 1000,
        p95_ms=paced["p95"] * 1000,
        half=half,
        megabytes=running.megabytes() / max(1, len(running.started)),
    )


def bell(place: Town, running: Running, seconds: float) -> Bell:
    with waiting(place.gateway) as queue:
        told = load(place, running, "bell", seconds, "--rate", BELL_RATE, "--size", 2)
    people = int(BELL_RATE * seconds / PER_SIGN_IN)
    return Bell(
        asked=people * PER_SIGN_IN,
        served=int(told["done"]),
        within=int(told["done"] / told["seconds"]),
        signed_in=int(told["signed_in"]),
        people=people,
        p50_s=told["signed_in_p50"],
        p95_s=told["signed_in_p95"],
        cpu_ms=told["cpu"] / max(1, told["done"]) * 1000,
        queued=max(queue, default=0),
    )


@contextmanager
def waiting(gateway: Place) -> Iterator[list[int]]:
    """Connections that the kernel holds ready and nobody has taken yet, looked at twice a second."""
    seen, over = list[int](), threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            listed = gateway.run("ss", "-Hltn", "( sport >= :3128 and sport <= :8099 )").stdout
            seen.append(sum(int(line.split()[1]) for line in listed.splitlines()))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def load(place: Town, running: Running, what: str, seconds: float, *options: object) -> dict[str, float]:
    command = [*apart(), sys.executable, "-m", "benchmarks.box_load", what, "--seconds", seconds, "--pages", COUNT]
    pids = ["--pids", *running.pids()] if running.started else []
    inside = ["ip", "netns", "exec", place.pupils.name, *map(str, (*command, *options, *pids))]
    done = subprocess.run(inside, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the load failed ({what}): {done.stderr.strip().splitlines()[-1]}")
    return dict(json.loads(done.stdout))


def table(rows: dict[str, Figures], clients: int, size: int) -> None:
    direct, squid = rows.get(DIRECT), rows.get(SQUID)
    print(f"\n{clients} clients, pages of {size} KB over TLS")
    if direct:
        print(f"direct, at half load: p50 {direct.p50_ms:.1f} ms, p95 {direct.p95_ms:.1f} ms")
    print(
        f"{'':18}{'requests/s':>11}{'to squid':>9}{'at half load: added p50 ms':>28}{'p95 ms':>8}"
        f"{'new TLS/s':>11}{'to squid':>9}{'CPU ms each':>13}{'MB a worker':>13}"
    )
    for name, row in rows.items():
        print(
            f"{name:18}{row.kept:11.0f}{ratio(row.kept, squid and squid.kept):>9}"
            f"{row.p50_ms - (direct.p50_ms if direct else 0):28.1f}{row.p95_ms - (direct.p95_ms if direct else 0):8.1f}"
            f"{row.fresh:11.0f}{ratio(row.fresh, squid and squid.fresh):>9}{row.fresh_cpu_ms:13.1f}"
            f"{row.megabytes:13.0f}"
        )
    print(f"limit: at half load at most {P50_LIMIT} ms added at p50 and {P95_LIMIT} ms at p95")


def ratio(value: float, to: float | None) -> str:
    return f"{value / to:.2f}" if to else "–"


def bell_table(rows: dict[str, Bell]) -> None:
    if not rows:
        return
    some = next(iter(rows.values()))
    print(f"\nThe bell: {some.people} people, {BELL_RATE} new TLS connections a second wanted; {os.cpu_count()} cores")
    print(
        f"{'':18}{'served':>15}{'a second':>10}{'signed in':>13}{'p50 s':>8}{'p95 s':>8}"
        f"{'CPU ms each':>13}{'cores for 600/s':>17}{'waited untaken':>16}"
    )
    for name, row in rows.items():
        print(
            f"{name:18}{f'{row.served} of {row.asked}':>15}{row.within:10}{f'{row.signed_in} of {row.people}':>13}"
            f"{row.p50_s:8.1f}{row.p95_s:8.1f}{row.cpu_ms:13.1f}{row.cpu_ms * BELL_RATE / 1000:17.1f}{row.queued:16}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
