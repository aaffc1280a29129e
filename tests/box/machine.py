"""A bare Debian provisioned by the real command and started by its own systemd, between the town's pupils and its web.

It can be switched off and on. Debian 13 or 12, from its mirrors (bare_debian.py).
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.box.bare_debian import fetch
from tests.box.booted import Booted, booted, why_not
from tests.box.town import NAMES, Town

PROJECT = Path(__file__).parents[2]
PACKAGES = ("systemd-sysv", "dbus", "udev", "iproute2", "ca-certificates", "procps")
ORIGIN_CA = "etc/gatehouse/origin-ca.pem"
"""Whom the box believes to have signed for the town's internet."""
SOON = 180.0
"""Seconds; the machine may have much else to do."""
NEEDS = (
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not here"),
)


class Machine:
    """It is on from the first."""

    def __init__(self, root: Path, town: Town, programs: Sequence[str]) -> None:
        """``programs``: those of its units, without the prefix, that must run for it to work."""
        self.root, self.town, self.programs = root, town, tuple(programs)
        self._on = ExitStack()
        self.on()

    def off(self) -> None:
        """As if its plug were pulled. Its network is the town's: what the kernel kept in it must go by hand."""
        self._on.close()
        self.town.gateway.run("nft", "flush", "ruleset")

    def on(self) -> None:
        self.box: Booted = self._on.enter_context(booted(self.root, self.town.gateway.name))

    @property
    def release(self) -> str:
        return (self.root / "opt/gatehouse/current").readlink().name

    def pid(self, program: str) -> int:
        """Of the unit's first process, as the box counts."""
        return int(self._shown(program, "MainPID"))

    def restarts(self) -> dict[str, int]:
        """By systemd, since the machine is on: of those programs that had any."""
        counted = {program: int(self._shown(program, "NRestarts")) for program in self.programs}
        return {program: number for program, number in counted.items() if number}

    def works(self) -> bool:
        """Whether all programs run and the firewall leads to a worker."""
        units = [f"gatehouse-{program}" for program in self.programs]
        active = self.box.run("systemctl", "is-active", *units, check=False).stdout.split()
        led = self.box.run("nft", "list", "map", "inet", "gatehouse", "workers", check=False).stdout
        return active == ["active"] * len(units) and "0x00000000 : " in led

    def journal(self) -> str:
        """Of every start so far."""
        return self.box.run("journalctl", "--no-pager").stdout

    def _shown(self, program: str, what: str) -> str:
        shown = ("systemctl", "show", "--value", f"--property={what}", f"gatehouse-{program}")
        return self.box.run(*shown).stdout


@contextmanager
def bare_machine(root: Path, suite: str, ca: Path) -> Iterator[None]:
    """A bare Debian that knows the town, not started yet; it is skipped where Debian cannot be had."""
    try:
        fetch(root, suite, PACKAGES)
    except RuntimeError as e:
        pytest.skip(str(e))
    try:
        (root / ORIGIN_CA).parent.mkdir()
        shutil.copy(ca, root / ORIGIN_CA)
        for file in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
            shutil.copyfile(Path("/", file), root / file)
        yield
    finally:
        shutil.rmtree(root, ignore_errors=True)  # two gigabytes


@contextmanager
def in_a_folder(root: Path) -> Iterator[None]:
    """To be provisioned as a disk that is not started yet, from this machine, which has a way to Debian."""
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", root / "proc"], check=True)
        # The town's names, which it asks for from its first start on.
        hosts = [f"{address} {name}" for name, addresses in NAMES.items() for address in addresses]
        (root / "etc/hosts").write_text("\n".join(["127.0.0.1 localhost", *hosts, ""]))


def provision(root: Path, box: Path, *more: object) -> "subprocess.CompletedProcess[str]":
    """What it says on both ways is in ``stdout``."""
    command = [PROJECT / "scripts/gatehouse", "provision", "--root", root, "--box", box, *more]
    return subprocess.run(
        [*map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
