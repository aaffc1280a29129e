"""The machine that is provisioned: this one, or a system that lies in a folder, as for an image."""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path("/")
_QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
"""What a killed run has started must not go on writing beside the next one."""
_KEPT = ("http_proxy", "https_proxy", "no_proxy", "PIP_CERT", "PIP_INDEX_URL", "SSL_CERT_FILE")
"""Of the environment, what a school's own way to the internet may need."""


class MachineError(Exception):
    """A command of the system failed; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Machine:
    root: Path = HERE

    @property
    def running(self) -> bool:
        """Whether its systemd is there to start things; a folder and a container have none."""
        return self.root == HERE and Path("/run/systemd/system").is_dir()

    def at(self, path: str | Path) -> Path:
        """Where ``path`` of the machine lies for us."""
        return self.root / str(path).lstrip("/")

    def run(self, *command: str, user: str = "", said: str = "", may_fail: bool = False) -> str:
        """What it prints. ``said`` goes to its standard input. MachineError where it fails."""
        words = [*(("runuser", "-u", user, "--") if user else ()), *command]
        if self.root != HERE:
            words = ["chroot", str(self.root), *words]
        words = [*_ENDS_WITH_US, *words]
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            done = subprocess.run(words, input=said, capture_output=True, text=True, env=_QUIET | kept, cwd="/")
        except OSError as e:
            raise MachineError(f"{command[0]}: {e.strerror}") from e
        if done.returncode and not may_fail:
            last = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-6:]
            raise MachineError(f"{' '.join(command[:3])} failed with status {done.returncode}:\n" + "\n".join(last))
        return done.stdout

    def user_id(self, name: str) -> int | None:
        return self._id("etc/passwd", name)

    def group_id(self, name: str) -> int | None:
        return self._id("etc/group", name)

    def owner(self, user: str, group: str) -> tuple[int, int]:
        """Both by number. MachineError where the machine has no such user or group."""
        ids = self.user_id(user), self.group_id(group)
        if ids[0] is None or ids[1] is None:
            raise MachineError(f"there is no {f'user {user}' if ids[0] is None else f'group {group}'}")
        return ids[0], ids[1]

    def _id(self, file: str, name: str) -> int | None:
        """From the machine's own file: a folder's users are not ours."""
        if name == "root":
            return 0
        return next((int(fields[2]) for fields in _rows(self.at(file)) if fields[0] == name), None)

    def release(self) -> dict[str, str]:
        """What /etc/os-release says."""
        try:
            lines = self.at("/etc/os-release").read_text("utf-8").splitlines()
        except OSError:
            return {}
        return {name: value.strip("\"'") for name, _, value in (line.partition("=") for line in lines) if value}


def _rows(file: Path) -> Iterable[list[str]]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        return []
    return [fields for line in lines if len(fields := line.split(":")) > 2]
