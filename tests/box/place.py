"""One network namespace of a test: commands run in it, programs started in it and ended with it."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).parents[2]
GATEHOUSE = PROJECT / "scripts" / "gatehouse"
PATIENCE = 60.0
"""Seconds that a command may take, and a program to end after it was asked to."""


@dataclass
class Place:
    name: str
    """As ``ip netns`` knows it."""
    log: Path
    """Everything the programs started here say."""
    _started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def run(self, *command: object, check: bool = True, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run to its end: ``place.run("curl", "-sS", "http://web.test/").stdout``."""
        done = subprocess.run(
            self._inside(command), capture_output=True, text=True, check=False, input=stdin, timeout=PATIENCE
        )
        assert not check or done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def python(self, code: str, *arguments: object, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run Python here, in the environment of the test."""
        return self.run(sys.executable, "-c", code, *arguments, check=check)

    def start(self, *command: object, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
        """A program that goes on; it is ended with the place at the latest. Its pid is the program's own."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self._inside(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1", **(environment or {})},
            )
        self._started.append(process)
        return process

    @contextmanager
    def running(
        self, *command: object, environment: Mapping[str, str] | None = None
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """The same until the end of the block."""
        process = self.start(*command, environment=environment)
        try:
            yield process
        finally:
            end(process)

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def hosts(self, names: Mapping[str, str | tuple[str, ...]]) -> None:
        """What names resolve to here, for programs that are run or started from now on; nothing else is asked first."""
        lines = ["127.0.0.1 localhost", "::1 localhost"]
        for name, where in names.items():
            lines += [f"{address} {name}" for address in ([where] if isinstance(where, str) else where)]
        self._own("hosts", "\n".join(lines) + "\n")

    def resolvers(self, *addresses: str) -> None:
        """Where programs here ask for names that ``hosts`` does not say."""
        self._own("resolv.conf", "".join(f"nameserver {address}\n" for address in addresses))

    def close(self) -> None:
        """End what runs here, then the namespace itself."""
        for process in self._started:
            end(process, patience=10)
        listed = subprocess.run(["ip", "netns", "pids", self.name], capture_output=True, text=True, check=False)
        for pid in listed.stdout.split():  # what our programs have left behind
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        subprocess.run(["ip", "netns", "delete", self.name], capture_output=True, check=False)
        for file in (folder := Path("/etc/netns") / self.name).glob("*"):
            file.unlink()
        with suppress(FileNotFoundError):
            folder.rmdir()

    def _own(self, file: str, content: str) -> None:
        """``ip netns exec`` lays this over the file of /etc."""
        folder = Path("/etc/netns") / self.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content)

    def _inside(self, command: tuple[object, ...]) -> list[str]:
        return ["ip", "netns", "exec", self.name, *map(str, command)]


def make(name: str, log: Path | None = None) -> Place:
    _ip("netns", "add", name)
    place = Place(name, log or Path(tempfile.mkdtemp(prefix="gatehouse-box-")) / f"{name}.log")
    _ip("-n", name, "link", "set", "lo", "up")
    place.hosts({})
    place.resolvers()
    return place


def end(process: "subprocess.Popen[bytes]", patience: float = PATIENCE) -> None:
    """Ask the program to end; with all it has started it is killed if it does not. Also one that was stopped."""
    if process.poll() is None:
        process.terminate()
        process.send_signal(signal.SIGCONT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
