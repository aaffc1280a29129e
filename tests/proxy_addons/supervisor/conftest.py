"""Workers that are real processes, and do nothing but what a supervisor sees of them; a real firewall of its own."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from proxy_addons.supervisor.crew import Crew
from proxy_addons.supervisor.firewall import Firewall
from proxy_addons.supervisor.settings import SupervisorSettings
from proxy_addons.supervisor.slot_ports import unmanned
from proxy_addons.supervisor.worker import Worker

TABLE = """
table inet gatehouse {
    map workers { type mark : inet_service; }
    map proxies { type mark : inet_service; }
    counter pupils-missed { packets 3 bytes 180 }
    set tunnels4 { type ipv4_addr . inet_proto . inet_service; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 192.0.2.10 . udp . 51820 counter packets 4 bytes 0 } }
    set tunnels6 { type ipv6_addr . inet_proto . inet_service; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 2001:db8::10 . tcp . 22 counter packets 1 bytes 0 } }
    set protocols4 { type ipv4_addr . inet_proto; flags dynamic,timeout; timeout 1h; size 65535; counter;
        elements = { 192.0.2.11 . esp counter packets 9 bytes 0 } }
    set protocols6 { type ipv6_addr . inet_proto; flags dynamic,timeout; timeout 1h; size 65535; counter; }
}
"""
DOUBLE = Path(__file__).with_name("worker_double.py")


def command(*more: str) -> list[str]:
    return [sys.executable, "-S", str(DOUBLE), *more]


@pytest.fixture
def started() -> Iterator[list[Worker]]:
    """What is put in here is ended with the test."""
    workers: list[Worker] = []
    yield workers
    for worker in workers:
        worker.kill()
        worker.close()


class Stepping:
    """A crew whose clock is the test's."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.now, self.seen = crew, 1000.0, set[Worker]()
        self.pointing = unmanned(crew.settings)

    def step(self, seconds: float = 0.05) -> None:
        self.now += seconds
        self.pointing = self.crew.step(self.now)
        self.seen |= set(self.crew.everybody())

    def until(self, look: Any, within: float = 20.0, each: float = 0.05) -> None:
        deadline = time.monotonic() + within
        while not look():
            assert time.monotonic() < deadline, self.crew
            self.step(each)
            time.sleep(0.01)


@pytest.fixture
def stepping() -> Iterator[Any]:
    made: list[Stepping] = []

    def make(*more: str, first_port: int = 28081, **settings: Any) -> Stepping:
        usual = {"workers": 2, "first_port": first_port, "first_proxy_port": 0, **settings}
        made.append(Stepping(Crew(SupervisorSettings(**usual), lambda _: command(*more))))
        return made[-1]

    yield make
    for stepping in made:
        for worker in stepping.seen:
            worker.kill()
            with suppress(OSError):
                worker.close()


@pytest.fixture
def firewall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firewall]:
    """``nft`` on the path is one that works in the namespace."""
    name = f"gh-{os.getpid()}-{secrets.token_hex(2)}-nft"
    subprocess.run(["ip", "netns", "add", name], check=True)
    command = tmp_path / "nft"
    command.write_text(f'#!/bin/sh\nexec ip netns exec {name} /usr/sbin/nft "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield Firewall("inet gatehouse")
    subprocess.run(["ip", "netns", "delete", name], check=True)


@pytest.fixture
def loaded(firewall: Firewall) -> Firewall:
    subprocess.run(["nft", "-f", "-"], input=TABLE, text=True, check=True)
    return firewall
