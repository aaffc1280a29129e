"""What stands in the town's gateway: firewall, supervisor with its workers, and the appliance they report to."""

import json
import os
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.nftables import ruleset
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.settings_files import Ports, write_settings
from tests.appliance.deadline import eventually
from tests.box.origin import Origin
from tests.box.place import GATEHOUSE, end
from tests.box.town import GATEWAY_GUESTS, GATEWAY_GUESTS6, GATEWAY_PUPILS, GATEWAY_PUPILS6, Town

CONSOLE, PROXY, APPLIANCE = 8000, 3128, 8443
READY = 120.0
"""Seconds a worker may take to start where much else goes on."""


def box(*, pupils: dict[str, Any] | None = None, guests: dict[str, Any] | None = None, **more: Any) -> Box:
    """The town's: its two networks, and what the test wants otherwise."""
    first = {"name": "pupils", "interface": "pupils"}
    first |= {"address": f"{GATEWAY_PUPILS}/24", "address6": f"{GATEWAY_PUPILS6}/64", **(pupils or {})}
    second = {"name": "guests", "interface": "guests", "kind": "guest"}
    second |= {"address": f"{GATEWAY_GUESTS}/24", "address6": f"{GATEWAY_GUESTS6}/64", **(guests or {})}
    usual = {"school": "Larkmoor School", "hostname": "gatehouse.larkmoor.test", "outside": "outside"}
    return Box(**{**usual, "network": (Network(**first), Network(**second)), **more})


@dataclass
class GatewaySide:
    town: Town
    internet: Origin
    folder: Path
    places: Places
    config: Path
    supervisor: "subprocess.Popen[bytes] | None" = None
    _started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """What pupils' devices trust."""
        return self.places.root

    @property
    def trusted(self) -> tuple[Path, Path]:
        return self.root, self.internet.ca

    def nft(self, given: str) -> None:
        self.town.gateway.run("nft", "-f", "-", stdin=given)

    def load(self, box: Box, *dedicated: str) -> None:
        self.nft(ruleset(box, dedicated))

    def read(self, *interfaces: str) -> None:
        """Let these networks, and no others, be read."""
        wanted = f"add element inet gatehouse reading {{ {', '.join(interfaces)} }}" if interfaces else ""
        self.nft(f"flush set inet gatehouse reading\n{wanted}\n")

    def elements(self, kind: str, name: str) -> list[Any]:
        listed = self.town.gateway.run("nft", "-j", "list", kind, "inet", "gatehouse", name).stdout
        return next(each[kind] for each in json.loads(listed)["nftables"] if kind in each).get("elem", [])

    def slots(self) -> dict[int, int]:
        return dict(self.elements("map", "workers"))

    def counter(self, name: str) -> int:
        listed = self.town.gateway.run("nft", "-j", "list", "counter", "inet", "gatehouse", name).stdout
        return int(next(each["counter"]["packets"] for each in json.loads(listed)["nftables"] if "counter" in each))

    def start(self) -> None:
        """Return once every slot has its worker. One that runs is left alone."""
        if self.supervisor is None or self.supervisor.poll() is not None:
            self.supervisor = self.town.gateway.start(GATEHOUSE, "supervisor", "--config", self.config)
        count = int(re.search(r"^workers = (\d+)", self.config.read_text(), re.MULTILINE)[1])  # type: ignore[index]
        eventually(lambda: self.supervisor.poll() is not None or len(self._led()) == count, within=READY)  # type: ignore[union-attr]
        assert self.supervisor.poll() is None, self.town.gateway.said()

    def _led(self) -> dict[int, int]:
        return {slot: port for slot, port in self.slots().items() if port != 9}

    def stop(self) -> None:
        if self.supervisor:
            end(self.supervisor)

    def status(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.places.gateway_status.read_text())
        return said

    def workers(self) -> dict[int, int]:
        """Slot to process."""
        return {worker["slot"]: worker["pid"] for worker in self.status()["supervisor"]["workers"]}

    def process_at(self, port: int) -> int:
        """Which worker listens there."""
        listed = self.town.gateway.run("ss", "-Hltnp", f"sport = :{port}").stdout
        return int(re.search(r"pid=(\d+)", listed)[1])  # type: ignore[index]

    def appliance(self) -> None:
        process = self.town.gateway.start(GATEHOUSE, "appliance", "--config", self.places.settings("appliance"))
        self._started.append(process)
        eventually(
            lambda: "appliance: listening" in self.town.gateway.said() or process.poll() is not None, within=READY
        )
        assert process.poll() is None, self.town.gateway.said()

    def captured(self, text: str) -> list[tuple[Any, ...]]:
        """Captures at the appliance whose text holds this."""
        file = self.places.folder / "gatehouse.db"
        with closing(sqlite3.connect(file)) as db:
            return db.execute("SELECT * FROM captures WHERE text LIKE ?", (f"%{text}%",)).fetchall()


@contextmanager
def gateway_side(
    town: Town, internet: Origin, folder: Path, *, supervisor: str = "", more: str = ""
) -> Iterator[GatewaySide]:
    """With its settings written, and nothing started; what the test starts is ended."""
    places = Places(folder)
    places.make()
    prepare(places, datetime.now(UTC))
    ports = Ports(console=CONSOLE, proxy=PROXY, appliance=APPLIANCE, agents=9)
    write_settings(places, ports, {}, internet.ca)
    config = places.settings("gateway")
    text = config.read_text().partition("[host_map]")[0]
    workers = "" if re.search("^workers", supervisor, re.MULTILINE) else "workers = 2\n"
    top, _, sensor = text.partition("[sensor]")
    config.write_text(f"{top}{more}\n[sensor]{sensor}\n[supervisor]\n{workers}{supervisor}\n")
    side = GatewaySide(town, internet, folder, places, config)
    try:
        yield side
    finally:
        if side.supervisor:
            with suppress(ProcessLookupError):
                os.kill(side.supervisor.pid, signal.SIGCONT)
            end(side.supervisor)
        for process in side._started:
            end(process)
