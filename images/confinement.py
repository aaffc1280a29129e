"""What a caged program may see and do, as bubblewrap's options.

It has its own network (with nothing in it), processes and IPC, reads the system's programs and our own code and nothing
else, and writes to memory that goes with it. Root steps down to a user that owns nothing; anybody else stays who they
are in a user namespace. Neither gets a right back, and Chromium's own sandbox still works inside.
"""

import os
import pwd
import sys
from collections.abc import Iterable
from pathlib import Path

import playwright

PYTHON = (str(Path(sys.executable).resolve()), "-s", "-B")
"""The interpreter as it is called inside."""
_CODE, _PACKAGES = "/gatehouse/code", "/gatehouse/packages"
"""Fixed places, so that it does not matter whose home our files lie in outside."""
_SCRATCH = {"/tmp": 256, "/home": 64, "/dev/shm": 256}  # noqa: S108 - the cage's own
"""MiB it may write, in memory."""


def command(user: str, program: Iterable[str]) -> list[str]:
    """The command line that runs ``program`` confined. LookupError where root has no such ``user`` to step down to."""
    return ["bwrap", *_NAMESPACES, *_environment(), *_files(), *_rights(user), *program]


_NAMESPACES = (
    *("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
    *("--hostname", "cage", "--die-with-parent", "--new-session", "--chdir", "/"),
)


def _environment() -> list[str]:
    values = {"HOME": "/home", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": f"{_CODE}:{_PACKAGES}"}
    return ["--clearenv", *(part for name, value in values.items() for part in ("--setenv", name, value))]


def _files() -> list[str]:
    mounts = _Mounts()
    mounts.read("/usr")
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        mounts.system_folder(Path("/", name))
    for path in ("/etc/fonts", "/etc/alternatives", "/etc/ssl/openssl.cnf", "/var/cache/fontconfig"):
        if Path(path).exists():
            mounts.read(path)
    if not Path(sys.base_prefix).is_relative_to("/usr"):
        mounts.read(sys.base_prefix)
    mounts.read(Path(playwright.__file__).parents[1], _PACKAGES)
    mounts.read(Path(__file__).parent, f"{_CODE}/images")
    return [*mounts.options, "--proc", "/proc", "--dev", "/dev", *_scratch()]


def _scratch() -> list[str]:
    return [
        part
        for path, mib in _SCRATCH.items()
        for part in ("--perms", "1777", "--size", str(mib * 2**20), "--tmpfs", path)
    ]


class _Mounts:
    """Collects what is mounted, each folder on the way readable: those bubblewrap makes by itself are root's alone."""

    def __init__(self) -> None:
        self.options: list[str] = []
        self._made = {Path("/")}

    def read(self, source: str | Path, target: str | Path | None = None) -> None:
        target = Path(target or source)
        for folder in reversed(target.parents):
            if folder not in self._made:
                self._made.add(folder)
                self.options += ["--perms", "0755", "--dir", str(folder)]
        self._made.add(target)
        self.options += ["--ro-bind", str(source), str(target)]

    def system_folder(self, path: Path) -> None:
        if path.is_symlink():
            self.options += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            self.read(path)


def _rights(user: str) -> list[str]:
    if os.geteuid() != 0:
        return ["--unshare-user"]
    try:
        entry = pwd.getpwnam(user)
    except KeyError as e:
        raise LookupError(f"there is no user {user}; scripts/setup makes it when run as root") from e
    capabilities = [part for name in ("SETUID", "SETGID", "SETPCAP") for part in ("--cap-add", f"CAP_{name}")]
    step_down = ["setpriv", "--reuid", str(entry.pw_uid), "--regid", str(entry.pw_gid), "--clear-groups"]
    return [*capabilities, *step_down, "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
