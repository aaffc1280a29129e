"""A Debian in a folder, started by its own systemd: namespaces of its own for all but the network, which is a place's.

The kernel is this machine's. Services, timers, users, watchdogs and restarts are real; the controllers that limit
memory and processor time are not there, and a unit that names one runs without.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

GROUPS = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
ENTER = Path(__file__).parent / "enter.sh"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE = 180.0
"""Seconds until the system says that it is up."""


@dataclass(frozen=True)
class Booted:
    root: Path
    init: int
    """The process of its systemd, as this machine counts."""

    def run(self, *command: object, within: float = 600, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """In it, as root; what it says on both ways is in ``stdout``."""
        done = subprocess.run(
            ["nsenter", "--target", str(self.init), "--all", "--wd", *map(str, command)],
            env={"PATH": PATH, "LANG": "C.UTF-8", "HOME": "/root"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False, timeout=within,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}"
        return done

    def failed(self) -> str:
        """The units that did not start, with what they said."""
        listed = self.run("systemctl", "list-units", "--failed", "--plain", "--no-legend").stdout
        names = [line.split()[0] for line in listed.splitlines() if line.strip()]
        return "".join(
            self.run("systemctl", "status", "--no-pager", "-n50", name, check=False).stdout for name in names
        )


def why_not() -> str | None:
    """Why no system can be started in a folder here, if so."""
    if os.getuid() != 0:
        return "only root can start a system in a folder"
    return None if _groups() else "there are no control groups of the second kind here"


@contextmanager
def booted(root: Path, network: str = "") -> Iterator[Booted]:
    """Until the end of the block, which is as if its plug were pulled. ``network``: the name of the namespace whose
    cards it has; else it has none. RuntimeError where it does not come up."""
    group = (_groups() or GROUPS[0]) / f"gatehouse-test-{os.getpid()}-{root.name}"
    group.mkdir()
    inside = ["ip", "netns", "exec", network] if network else ["unshare", "--net"]
    apart = ["unshare", "--cgroup", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc"]
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL",  # it does not outlive a test that is killed
         "sh", "-euc", 'echo $$ >"$0/cgroup.procs"; exec "$@"', group, *inside, *apart, "sh", "-eu", ENTER, root],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield _up(root, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _forget(group)


def _up(root: Path, process: "subprocess.Popen[bytes]") -> Booted:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if init := _systemd_under(process.pid):
            made = Booted(root, init)
            state = made.run("systemctl", "is-system-running", check=False).stdout.strip()
            if state in ("running", "degraded"):
                return made
        time.sleep(0.3)
    raise RuntimeError(f"the system in {root} did not come up")


def _systemd_under(pid: int) -> int | None:
    """The first process of the namespace that this one, or a child of it, has made."""
    with suppress(OSError):
        for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return child
            if found := _systemd_under(child):
                return found
    return None


def _groups() -> Path | None:
    return next((each for each in GROUPS if (each / "cgroup.procs").exists()), None)


def _forget(group: Path) -> None:
    """The kernel takes a moment to count those as gone that were killed."""
    end = time.monotonic() + 10
    while group.exists() and time.monotonic() < end:
        with suppress(OSError):
            for each in sorted((path for path in group.rglob("*") if path.is_dir()), reverse=True):
                each.rmdir()
            group.rmdir()
        time.sleep(0.1)
