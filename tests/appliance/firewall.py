"""A real firewall for a test: nftables in a network namespace of its own, reached by the program through its PATH."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from appliance.provisioning.nftables import ruleset
from detection.settings import load
from tests.networks import why_not

BOX = """
school = "Oak School"
hostname = "gatehouse.oak.example"
outside = "eth0"

[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"

[[network]]
name = "visitors"
interface = "eth2"
address = "10.30.0.1/16"
kind = "guest"
"""


class Firewall:
    def __init__(self, name: str, box: Box) -> None:
        self._name, self._box = name, box

    def nft(self, *arguments: str, text: str = "") -> str:
        command = ["ip", "netns", "exec", self._name, "/usr/sbin/nft", *arguments]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    def load(self) -> None:
        """As at a start of the machine."""
        self.nft("-f", "-", text=f"flush ruleset\n{ruleset(self._box)}")

    def cards(self, name: str) -> list[str]:
        """What a set holds."""
        listed = self.nft("list", "set", "inet", "gatehouse", name)
        return sorted(part for part in listed.split('"') if part.startswith("eth"))

    def left(self) -> str:
        return self.nft("list", "set", "inet", "gatehouse", "paused")


@contextmanager
def firewall(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firewall]:
    if reason := why_not():
        pytest.skip(reason)
    name = f"keep-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        (folder / "bin").mkdir()
        nft = folder / "bin" / "nft"
        nft.write_text(f'#!/bin/sh\nexec ip netns exec {name} /usr/sbin/nft "$@"\n')
        nft.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")
        (folder / "firewalls-box.toml").write_text(BOX)
        made = Firewall(name, load(folder / "firewalls-box.toml", Box))
        made.load()
        yield made
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)
