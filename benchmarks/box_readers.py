"""What may stand in a school's gateway while it is measured: our workers, squid, e2guardian."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.nftables import ruleset
from benchmarks.e2guardian_settings import Opening, write_e2guardian
from benchmarks.gateway_settings import write_gateway
from benchmarks.proxies import GATEWAY_BIN, children
from benchmarks.squid_settings import CERTIFICATE_MAKER, write_squid
from tests.box.place import Place
from tests.box.town import GATEWAY_PUPILS, Town

FIRST_PORT, HTTP, HTTPS = 8081, 3129, 3130
READY = 90.0
PEER_TABLE = """table inet peer {{
  chain redirected {{
    type nat hook prerouting priority dstnat;
    iifname "pupils" tcp dport 80 redirect to :{http}
    iifname "pupils" tcp dport 443 redirect to :{https}
  }}
}}
"""


@dataclass(frozen=True)
class Reader:
    name: str
    workers: int = 0
    """Of ours; 0 for others."""
    package: str = ""
    """Debian's, of which ``program`` is part."""
    program: str = ""

    def missing(self) -> str:
        """What must be installed, if anything."""
        return self.package if self.program and shutil.which(self.program) is None else ""


@dataclass
class Running:
    root: Path = Path()
    """Who signs what it has opened."""
    started: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    rules: str = ""
    """For nft: what leads pupils to it."""

    def pids(self) -> list[int]:
        return [each for process in self.started for each in (process.pid, *children(process.pid))]

    def megabytes(self) -> float:
        """Shared memory is divided among those that share it."""
        return sum(_proportional_kb(pid) for pid in self.pids()) / 1000


SQUID, E2GUARDIAN = "squid", "e2guardian"
READERS = (
    Reader("gatehouse, N=1", workers=1),
    Reader("gatehouse, N=2", workers=2),
    Reader(SQUID, package="squid-openssl", program=str(CERTIFICATE_MAKER)),
    Reader(E2GUARDIAN, package="e2guardian", program="e2guardian"),
)


@contextmanager
def standing(reader: Reader, town: Town, folder: Path) -> Iterator[Running]:
    """In the town's gateway until the end of the block."""
    folder.mkdir(mode=0o755)
    with ExitStack() as stack:
        stack.callback(unload, town.gateway)
        unload(town.gateway)
        running = Running()
        if reader.workers:
            _workers(reader.workers, town, folder, running, stack)
        elif reader.name == SQUID:
            _squid(town, folder, running, stack)
        else:
            _e2guardian(town, folder, running, stack)
        lead(town.gateway, running)
        yield running


@contextmanager
def aside(gateway: Place, running: Running) -> Iterator[None]:
    """It goes on, but new connections are routed past it as by a plain router."""
    unload(gateway)
    try:
        yield
    finally:
        lead(gateway, running)


def lead(gateway: Place, running: Running) -> None:
    if running.rules:
        gateway.run("nft", "-f", "-", stdin=running.rules)


def firewall(workers: int = 2, dedicated: tuple[str, ...] = ()) -> str:
    """The box's own, with its pupils read."""
    network = Network(name="pupils", interface="pupils", address=f"{GATEWAY_PUPILS}/24")
    box = Box(
        school="Larkmoor School",
        hostname="gatehouse.larkmoor.test",
        outside="outside",
        network=(network,),
        workers=workers,
    )
    return f"{ruleset(box, dedicated)}\nadd element inet gatehouse reading {{ pupils }}\n"


def unload(gateway: Place) -> None:
    for table in ("gatehouse", "peer"):
        gateway.run("nft", "-f", "-", stdin=f"table inet {table} {{ }}\ndelete table inet {table}\n")


def _workers(count: int, town: Town, folder: Path, running: Running, stack: ExitStack) -> None:
    """As the supervisor would start them; it carries no traffic, and is left out."""
    ports = range(FIRST_PORT, FIRST_PORT + count)
    for port in ports:
        own = folder / str(port)
        own.mkdir()
        shutil.copyfile(folder.parent / "origin.pem", folder / "origin.pem")
        config = write_gateway(port, own, f'listen_host = "0.0.0.0"\nmodes = ["transparent"]\nschool = "{folder.name}"')
        if port != FIRST_PORT:  # all sign with one authority
            shutil.copytree(folder / str(FIRST_PORT) / "state" / "authority", own / "state" / "authority")
        cores = pinned() if count == 1 else []
        _start(town, [*cores, GATEWAY_BIN / "gatehouse", "gateway", "--config", config], port, running, stack)
    running.root = folder / str(FIRST_PORT) / "state" / "authority" / "gatehouse-root.pem"
    slots = ", ".join(f"{slot} : {port}" for slot, port in enumerate(ports))
    running.rules = f"{firewall(count)}add element inet gatehouse workers {{ {slots} }}\n"


def _squid(town: Town, folder: Path, running: Running, stack: ExitStack) -> None:
    running.root = folder.parent / "peer.pem"
    config = write_squid(HTTP, HTTPS, folder, running.root)
    _start(town, [*pinned(), "squid", "-N", "-f", config], HTTPS, running, stack)
    running.rules = PEER_TABLE.format(http=HTTP, https=HTTPS)


def _e2guardian(town: Town, folder: Path, running: Running, stack: ExitStack) -> None:
    running.root = folder.parent / "peer.pem"
    config = write_e2guardian(HTTP, folder, Opening(HTTPS, running.root, folder.parent / "peer-key.pem"))
    _start(town, [*pinned(), "e2guardian", "-N", "-c", config], HTTPS, running, stack)
    running.rules = PEER_TABLE.format(http=HTTP, https=HTTPS)


def pinned() -> list[str]:
    """One worker has a core for itself; load and origin have the others."""
    return ["taskset", "-c", "0"]


def apart() -> list[str]:
    return ["taskset", "-c", f"1-{(os.cpu_count() or 2) - 1}"]


def _start(town: Town, command: list[object], port: int, running: Running, stack: ExitStack) -> None:
    process = stack.enter_context(town.gateway.running("prlimit", "--nofile=16384", *command))
    running.started.append(process)
    until = time.monotonic() + READY
    while not town.gateway.run("ss", "-Hltn", f"sport = :{port}").stdout:
        if process.poll() is not None or time.monotonic() > until:
            sys.exit(f"{command[-3:]} does not listen on {port}: {town.gateway.said()[-800:]}")
        time.sleep(0.2)


def _proportional_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
