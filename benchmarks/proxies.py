"""The proxies a benchmark compares, each started the same way: on the first core, on a port of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.e2guardian_settings import write_e2guardian
from benchmarks.gateway_settings import write_gateway
from benchmarks.process_tree import seconds

ROOT = Path(__file__).parent.parent
GATEWAY_BIN = ROOT / ".venv-gateway" / "bin"
IDLE = 30.0
"""Seconds in which a proxy that does not listen yet has used no processor: it will not any more."""


@dataclass(slots=True)
class Proxy:
    name: str
    command: Callable[[int, Path], list[str]]
    opens_tls: bool = True
    program: str = ""
    """Left out of the run where this program is not installed."""
    port: int = 0
    _pid: int = 0

    def available(self) -> bool:
        return not self.program or shutil.which(self.program) is not None

    @contextmanager
    def running(self, folder: Path) -> Iterator["Proxy"]:
        folder.mkdir(mode=0o755)
        self.port = free_port()
        log = (folder / "log").open("wb")
        process = subprocess.Popen(
            ["taskset", "-c", "0", *self.command(self.port, folder)], cwd=ROOT, stdout=log, stderr=log
        )
        self._pid = process.pid
        try:
            _wait_for(self.port, process, folder / "log")
            yield self
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                for pid in self.pids():
                    os.kill(pid, signal.SIGKILL)
                process.wait()

    def pids(self) -> list[int]:
        return [self._pid, *children(self._pid)]


def _gatehouse(port: int, folder: Path) -> list[str]:
    return [str(GATEWAY_BIN / "gatehouse"), "gateway", "--config", str(write_gateway(port, folder))]


def _bare(port: int, folder: Path) -> list[str]:
    return [str(GATEWAY_BIN / "python"), "-m", "benchmarks.bare_master", str(port), str(folder)]


def _mitmdump(port: int, folder: Path) -> list[str]:
    options = [f"confdir={folder}", "connection_strategy=lazy"]
    listen = ["--listen-host", "127.0.0.1", "-p", str(port), "--ssl-insecure"]
    return [str(GATEWAY_BIN / "mitmdump"), "-q", *listen, *(part for o in options for part in ("--set", o))]


def _e2guardian(port: int, folder: Path) -> list[str]:
    return ["e2guardian", "-N", "-c", str(write_e2guardian(port, folder))]


PROXIES = (
    Proxy("gatehouse", _gatehouse),
    Proxy("bare master", _bare),
    Proxy("mitmdump", _mitmdump),
    Proxy("e2guardian", _e2guardian, opens_tls=False, program="e2guardian"),
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """As long as it is at work: a gateway may have to build its library first, on a processor it has not to itself."""
    moved, used = time.monotonic(), 0.0
    while time.monotonic() - moved < IDLE:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended: {log.read_text()[-1000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if (now := seconds(process.pid)) > used:
            moved, used = time.monotonic(), now
        time.sleep(0.1)
    raise SystemExit(f"{process.args!r} does not listen on {port}, and does nothing: {log.read_text()[-1000:]}")


def children(pid: int) -> list[int]:
    found = []
    for entry in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that has just ended
            for child in (entry / "children").read_text().split():
                found += [int(child), *children(int(child))]
    return [p for p in found if os.path.exists(f"/proc/{p}")]
