"""A bare Debian in a folder, of each release that a box may be of; its commands find it at ``/``, with processes and
mounts of their own."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PROGRAM = "opt/gatehouse"
PACKAGES = ("python3", "python3-venv", "ca-certificates")
GIVEN = ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt", "etc/pip.conf")
"""Of this machine's, so that packages come from where this machine has them."""
PASSED_ON = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")
ENTER = """
cd "$0"
mount --bind . . && cd "$0"
mount -t proc proc proc && mount -t sysfs sys sys && mount --rbind /dev dev && mount -t tmpfs tmpfs tmp
pivot_root . mnt && umount -l /mnt
cd "/$1" && shift && exec "$@"
"""
"""Not chroot: a browser may make no sandbox in one."""


@dataclass(frozen=True)
class Release:
    suite: str
    python: str
    """Its own."""
    mitmproxy: str
    """That the lock has for this Python."""


TRIXIE, BOOKWORM = Release("trixie", "3.13", "12"), Release("bookworm", "3.11", "11.0.2")


def _chosen() -> tuple[Release, ...]:
    """``GATEHOUSE_TEST_SUITE=bookworm`` takes Debian 12 alone; a short sample (``GATEHOUSE_ROUNDS``) the newest."""
    every = (TRIXIE, BOOKWORM)
    if suite := os.environ.get("GATEHOUSE_TEST_SUITE"):
        return tuple(each for each in every if each.suite == suite)
    return every[:1] if "GATEHOUSE_ROUNDS" in os.environ else every


RELEASES = _chosen()


def suite_of(release: Release) -> str:
    """What a test is called by."""
    return release.suite


@dataclass(frozen=True)
class BareDebian:
    root: Path

    def run(self, *command: str, within: float = 600) -> "subprocess.CompletedProcess[str]":
        """In the folder of the program, whatever it ends with. What it says on both ways is in ``stdout``."""
        apart = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
        kept = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
        return subprocess.run(
            [*apart, "sh", "-euc", ENTER, str(self.root), PROGRAM, *command],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **kept},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=within,
        )


def why_not() -> str | None:
    """Why none can be made here, if so."""
    if os.getuid() != 0:
        return "only root can make a system in a folder"
    missing = [program for program in ("debootstrap", "unshare", "pivot_root") if shutil.which(program) is None]
    return f"not installed here: {', '.join(missing)}" if missing else None


@contextmanager
def bare_debian(root: Path, suite: str) -> Iterator[BareDebian]:
    """With this project's files in it, as they are now. RuntimeError where Debian cannot be had."""
    fetch(root, suite, PACKAGES)
    for file in GIVEN:
        if Path("/", file).exists():
            shutil.copyfile(Path("/", file), root / file)
    for file in _files():
        target = root / PROGRAM / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / file, target)
    try:
        yield BareDebian(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)  # two gigabytes


def fetch(root: Path, suite: str, packages: Sequence[str]) -> None:
    """A bare Debian; RuntimeError where it cannot be had. ``GATEHOUSE_TEST_DEBIAN`` names the folder of one that is
    copied instead."""
    bare = os.environ.get("GATEHOUSE_TEST_DEBIAN")
    bootstrap = ["debootstrap", "--variant=minbase", f"--include={','.join(packages)}", suite, str(root)]
    command = ["cp", "-a", bare, str(root)] if bare else bootstrap
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"Debian cannot be had: {made.stdout.strip().splitlines()[-1]}")


def _files() -> list[str]:
    """All but what is made here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [file for file in listed.stdout.split("\0") if file and (PROJECT / file).is_file()]
