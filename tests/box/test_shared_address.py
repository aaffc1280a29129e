"""Two boxes, each with the real keepalived as provisioning sets it up: the shared address is with the one that works.

systemctl, which keepalived asks, is a script here that says what the test says. By systemd: test_booted_second.py.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.provisioning.keepalived import MUST_WORK, keepalived
from appliance.provisioning.nftables import ruleset
from tests.appliance.deadline import eventually
from tests.appliance.provisioning.boxes import box, network
from tests.box.place import Place, end, make
from tests.box.town import PREFIX

pytestmark = pytest.mark.skipif(shutil.which("keepalived") is None, reason="keepalived is not here")

SHARED, DEVICE = "192.0.2.3", "192.0.2.10"
SYSTEMCTL = '#!/bin/sh\nfor unit; do :; done\n[ -e "/mnt/$unit" ]\n'
START = 'mount --bind "$0" /mnt; mount --bind "$0/systemctl" /usr/bin/systemctl; exec keepalived "$@"'
SOON = 60.0


@dataclass
class Half:
    place: Place
    folder: Path

    def start(self) -> None:
        pids = [each for name in ("pid", "vrrp_pid", "checkers_pid") for each in (f"--{name}", self.folder / name)]
        settings = ("--use-file", self.folder / "keepalived.conf", "--dont-fork", "--log-console")
        self._keepalived = self.place.start("sh", "-ec", START, self.folder, *settings, *pids)

    def end(self) -> None:
        end(self._keepalived)

    def works(self, name: str, *, so: bool) -> None:
        unit = self.folder / f"gatehouse-{name}.service"
        unit.touch() if so else unit.unlink()

    def has_it(self) -> bool:
        return f" {SHARED}/24 " in self.place.run("ip", "address", "show", "dev", "pupils").stdout

    def card(self) -> str:
        return self.place.run("cat", "/sys/class/net/pupils/address").stdout.strip()


@dataclass
class Pair:
    first: Half
    second: Half
    device: Place

    def is_with(self, half: Half) -> bool:
        """Of both it has it alone, and there the device finds it."""
        if [each for each in (self.first, self.second) if each.has_it()] != [half]:
            return False
        self.device.run("bash", "-c", f"echo >/dev/udp/{SHARED}/53")
        return half.card() in self.device.run("ip", "neigh", "show", SHARED).stdout


@pytest.fixture
def pair(_can_be_made: None, tmp_path: Path) -> Iterator[Pair]:
    unique = f"{PREFIX}-{os.getpid()}-{secrets.token_hex(2)}"
    with ExitStack() as stack:

        def place(name: str) -> Place:
            made = make(f"{unique}-{name}", tmp_path / f"{name}.log")
            stack.callback(made.close)
            return made

        lan = place("lan")
        lan.run("ip", "link", "add", "lan", "type", "bridge")
        lan.run("ip", "link", "set", "lan", "up")

        def join(name: str, address: str) -> Place:
            made = place(name)
            lan.run("ip", "link", "add", name, "type", "veth", "peer", "name", "pupils", "netns", made.name)
            lan.run("ip", "link", "set", name, "master", "lan", "up")
            made.run("ip", "address", "add", f"{address}/24", "dev", "pupils")
            made.run("ip", "link", "set", "pupils", "up")
            return made

        def half(name: str, address: str, priority: int) -> Half:
            folder = tmp_path / name
            folder.mkdir(mode=0o755)
            made = Half(join(name, address), folder)
            its = box(network(interface="pupils", address=f"{address}/24", shared=SHARED), vrrp_priority=priority)
            (folder / "keepalived.conf").write_text(keepalived(its))
            (folder / "systemctl").write_text(SYSTEMCTL)
            (folder / "systemctl").chmod(0o755)
            made.place.run("nft", "-f", "-", stdin=ruleset(its))
            for each in MUST_WORK:
                made.works(each, so=True)
            made.start()
            return made

        made = Pair(half("first", "192.0.2.1", 150), half("second", "192.0.2.2", 100), join("device", DEVICE))
        eventually(lambda: made.is_with(made.first), within=SOON)
        yield made


@pytest.mark.parametrize("name", MUST_WORK)
def test_it_goes_to_the_other_while_one_of_the_programs_stands_still_and_comes_back(pair: Pair, name: str) -> None:
    pair.first.works(name, so=False)
    eventually(lambda: pair.is_with(pair.second), within=SOON)
    pair.first.works(name, so=True)
    eventually(lambda: pair.is_with(pair.first), within=SOON)


def test_it_goes_to_the_other_where_the_first_is_off_the_network(pair: Pair) -> None:
    pair.first.place.run("ip", "link", "set", "pupils", "down")
    eventually(lambda: not pair.first.has_it() and pair.is_with(pair.second), within=SOON)
    pair.first.place.run("ip", "link", "set", "pupils", "up")
    eventually(lambda: pair.is_with(pair.first), within=SOON)


def test_neither_has_it_while_neither_works(pair: Pair) -> None:
    for each in (pair.first, pair.second):
        each.works("gateway", so=False)
    eventually(lambda: not pair.first.has_it() and not pair.second.has_it(), within=SOON)
    pair.second.works("gateway", so=True)
    eventually(lambda: pair.is_with(pair.second), within=SOON)


def test_one_that_is_switched_off_in_order_hands_it_over(pair: Pair) -> None:
    pair.first.end()
    eventually(lambda: pair.is_with(pair.second), within=SOON)
