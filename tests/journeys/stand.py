"""Gateway, appliance and worker, each to be frozen, looked at, killed and started again by itself."""

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from appliance.running.child import Child, Program
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.programs import GATEHOUSE, programs
from appliance.running.settings_files import Ports, write_settings
from tests.appliance.deadline import eventually
from tests.journeys.far_end import FarEnd, far_end
from tests.journeys.whole import free_ports
from tests.journeys.wire_between import Wire, wire_to
from tests.proxy_addons.origin import certificates

PROGRAMS = ("appliance", "worker", "gateway")
HOSTS = ("forum.test", "search.test")
GATEWAY_PYTHON = GATEHOUSE.parents[1] / ".venv-gateway" / "bin" / "python"


@dataclass
class Stand:
    places: Places
    ports: Ports
    wire: Wire
    web: FarEnd
    outbox: Path
    known: dict[str, Program]
    children: dict[str, Child] = field(default_factory=dict)

    def sensor(self) -> dict[str, Any]:
        """What the gateway last said of its detections."""
        health: dict[str, Any] = json.loads(self.places.gateway_status.read_text())["sensor"]
        return health

    def start(self, name: str) -> None:
        """As systemd would after it died."""
        child = self.children[name] = Child(self.known[name])
        eventually(lambda: child.is_ready or child.status is not None, within=60)
        assert child.status is None, child.tail

    @contextmanager
    def wrapped(self, wrapper: Path) -> Iterator[None]:
        """Gateways that are started within the block are started by ``wrapper``, which changes something first."""
        ordinary = self.known["gateway"]
        self.known["gateway"] = replace(ordinary, command=(str(GATEWAY_PYTHON), str(wrapper), *ordinary.command[2:]))
        yield
        self.known["gateway"] = ordinary

    def freeze(self, name: str) -> None:
        """Return once every thread of it stands still."""
        os.killpg(self.children[name].pid, signal.SIGSTOP)
        eventually(lambda: all(_state(pid) in "TZX" for pid in _group(self.children[name].pid)))

    def thaw(self, name: str) -> None:
        os.killpg(self.children[name].pid, signal.SIGCONT)

    def kill(self, name: str) -> None:
        """-9; with what it forked, as systemd does. The worker's cage is left to end by itself."""
        child = self.children[name]
        cages = _children(child.pid) if name == "worker" else []
        (os.kill if name == "worker" else os.killpg)(child.pid, signal.SIGKILL)
        eventually(lambda: child.status is not None)
        eventually(lambda: all(_state(pid) in "ZX" for pid in cages))

    @contextmanager
    def away(self, name: str) -> Iterator[None]:
        """Stopped in good order at the beginning of the block, started at its end."""
        assert self.children.pop(name).stop(60)
        try:
            yield
        finally:
            self.start(name)

    def database(self) -> sqlite3.Connection:
        """To look only."""
        return sqlite3.connect(f"file:{self.places.folder / 'gatehouse.db'}?mode=ro", uri=True, timeout=30)

    @contextmanager
    def locked(self, file: Path | None = None) -> Iterator[None]:
        """Another process' lock on the appliance's database, or on ``file``, for the length of the block."""
        database = sqlite3.connect(file or self.places.folder / "gatehouse.db", timeout=60, isolation_level=None)
        with closing(database):
            database.execute("BEGIN EXCLUSIVE")
            yield
            database.execute("ROLLBACK")

    def verify(self) -> "subprocess.CompletedProcess[str]":
        command = [GATEHOUSE, "verify", "--config", self.places.settings("appliance")]
        return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


@contextmanager
def stand(folder: Path, *running: str, disk: Path | None = None) -> Iterator[Stand]:
    """Everything made and the programs of these names started; all of it is gone at the end of the block.

    ``disk``: a folder for the gateway's outbox.
    """
    with ExitStack() as stack:
        places = Places(folder / "data")
        places.make()
        prepare(places, datetime.now(UTC))
        certificates(folder, *HOSTS)
        web = stack.enter_context(far_end())
        console, proxy, appliance, agents = free_ports(4)
        ports = Ports(console=console, proxy=proxy, appliance=appliance, agents=agents)
        wire = stack.enter_context(wire_to(appliance))
        write_settings(places, ports, dict.fromkeys(HOSTS, ("127.0.0.1", web.port)), folder / "origin-ca.pem")
        outbox = (disk or places.gateway) / "outbox.db"
        _lead_through(wire, places, ports, outbox)
        known = {program.name: program for program in programs(places)}
        made = Stand(places, ports, wire, web, outbox, known)
        stack.callback(_end_all, made)
        for name in running:
            made.start(name)
        yield made


def _lead_through(wire: Wire, places: Places, ports: Ports, outbox: Path) -> None:
    """The gateway speaks to the wire between, and passes nothing on unread because the machine is busy with tests."""
    file = places.settings("gateway")
    text = file.read_text()
    for before, after in (
        (f"127.0.0.1:{ports.appliance}", f"127.0.0.1:{wire.port}"),
        (str(places.gateway / "outbox.db"), str(outbox)),
        ('"later_seconds" = 4.0', '"later_seconds" = 1.0\n"free_megabytes" = 1'),
        ("status_seconds = 1.0", "status_seconds = 0.2\ninspection_seconds = 60.0"),
    ):
        assert before in text
        text = text.replace(before, after)
    file.write_text(text)


def _end_all(made: Stand) -> None:
    for name, child in made.children.items():
        with suppress(ProcessLookupError):
            made.thaw(name)
        child.stop(30)


def _group(leader: int) -> list[int]:
    """Every process of the group that ``leader`` leads."""
    group = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(ProcessLookupError):
                if os.getpgid(int(entry.name)) == leader:
                    group.append(int(entry.name))
    return group


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"
