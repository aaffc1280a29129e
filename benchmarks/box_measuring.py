"""One reader in the school's gateway, measured by a load that is a program of its own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks.box_connection import HOSTS, host
from benchmarks.box_figures import Bell, Figures
from benchmarks.box_load import PER_SIGN_IN
from benchmarks.box_readers import Running, apart, aside
from tests.box.place import PROJECT, Place
from tests.box.pupil import curl
from tests.box.town import Town

PAGES = 64
SMALL = 2
"""KB of a page that comes over a new connection."""
AT_ONCE = 100
"""New connections; more wait in a queue that nobody need measure twice."""


@dataclass(frozen=True, slots=True)
class Measuring:
    place: Town
    running: Running

    def is_read(self) -> None:
        """Or what was measured would be something else."""
        for number in range(HOSTS):  # a certificate for each host is made before, as in any school at any hour
            got = curl(self.place.pupils, f"https://{host(number)}/{SMALL}/0.html", self.running.root)
            if got.exit or got.status != 200:
                sys.exit(f"{host(number)} is not read: {got.said} {self.place.gateway.said()[-800:]}")

    def figures(self, clients: int, size: int, seconds: float, rounds: int) -> Figures:
        """Of a round's ``seconds`` a fifth belongs to full load, twice that to half of it, as much to a plain router at
        the same rate: a busy moment of the machine hits one round alone."""
        options = ("--clients", clients, "--size", size)
        full, half, p50, p95 = list[float](), list[float](), list[float](), list[float]()
        fifth = seconds / 5
        for _ in range(rounds):
            told = self._load("halved", 2 * fifth, "--full-seconds", fifth, *options)
            with aside(self.place.gateway, self.running):
                plain = self._load("paced", 2 * fifth, "--rate", told["full"] / 2, *options)
            full.append(told["full"])
            half.append(told["done"] / told["seconds"] / told["full"])
            p50.append((told["p50"] - plain["p50"]) * 1000)
            p95.append((told["p95"] - plain["p95"]) * 1000)
        fresh = self._load("fresh", seconds / 2, "--clients", min(clients, AT_ONCE), "--size", SMALL)
        return Figures(
            full=median(full),
            half=median(half),
            p50_ms=median(p50),
            p95_ms=median(p95),
            p95_highest_ms=max(p95),
            fresh=fresh["done"] / fresh["seconds"],
            fresh_cpu_ms=fresh["cpu"] / max(1, fresh["done"]) * 1000,
            megabytes=self.running.megabytes() / max(1, len(self.running.started)),
        )

    def bell(self, rate: float, seconds: float) -> Bell:
        with _waiting(self.place.gateway) as queue:
            told = self._load("bell", seconds, "--rate", rate, "--size", SMALL)
        people = int(rate * seconds / PER_SIGN_IN)
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

    def _load(self, what: str, seconds: float, *options: object) -> dict[str, float]:
        command = [*apart(), sys.executable, "-m", "benchmarks.box_load", what, "--seconds", seconds, "--pages", PAGES]
        pids = ["--pids", *self.running.pids()] if self.running.started else []
        inside = ["ip", "netns", "exec", self.place.pupils.name, *map(str, (*command, *options, *pids))]
        done = subprocess.run(inside, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the load failed ({what}): {done.stderr.strip().splitlines()[-1]}")
        return dict(json.loads(done.stdout))


@contextmanager
def _waiting(gateway: Place) -> Iterator[list[int]]:
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
