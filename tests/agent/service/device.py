"""A device enrolled at a small appliance, and its service as a process of its own that tests kill and start again."""

import json
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.enrolment.enrol import Asked, enrol
from agent.link.asking import ask_standing
from agent.link.frames import Hello
from agent.link.saying import Saying
from agent.seen import Seen
from detection.observation import Channel, Direction
from tests.agent.appliance import CODE, PUPIL, AgentsAppliance
from tests.detection import libraries
from tests.detection.scripted_appliance import eventually

ME = pwd.getpwuid(os.getuid()).pw_name
HURTS = "nobody likes you, go away"
"""Detected."""
QUICK = {"heartbeat_seconds": 0.5, "round_seconds": 0.1, "library_seconds": 0.5, "alive_seconds": 0.1}


@dataclass
class Device:
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def socket(self) -> Path:
        return self.folder / "run" / "agent.sock"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def start(self) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "agent.cli", "service", "--config", str(self.folder / "agent.toml")]
            process = subprocess.Popen(command, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def kill(self) -> None:
        self.processes[-1].send_signal(signal.SIGKILL)
        self.processes[-1].wait(20)

    def stop(self) -> int:
        self.processes[-1].terminate()
        return self.processes[-1].wait(30)

    def ready(self) -> None:
        eventually(lambda: ask_standing(self.socket) is not None, 60)

    def session(self) -> Saying:
        saying = Saying(Hello(version="1.0", desktop="openbox"), path=self.socket)
        saying.start()
        return saying

    def watched(self, saying: Saying) -> None:
        """Wait until the session is ordered to watch."""
        eventually(lambda: saying.orders.paused == "", 60)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")


def seen(text: str, **more: Any) -> Seen:
    plain: dict[str, Any] = {
        "channel": Channel.MESSAGE,
        "direction": Direction.WRITTEN,
        "app": "Editor",
        "title": "Untitled",
        "text": text,
    }
    return Seen(**(plain | more))


def prepared(folder: Path, **settings: Any) -> None:
    """A settings file, a state folder, and a small library."""
    (folder / "state").mkdir(parents=True, exist_ok=True)
    libraries.write(folder / "library")
    rows = {"state": "state", "socket": "run/agent.sock", "session_unit": "", "library": "library"}
    rows |= QUICK | {"free_megabytes": 0} | settings
    spelt = (f"{name} = {json.dumps(value)}" for name, value in rows.items())
    (folder / "agent.toml").write_text("\n".join(spelt) + "\n")


@contextmanager
def enrolled_device(folder: Path, appliance: AgentsAppliance, **settings: Any) -> Iterator[Device]:
    """Its account, that of whoever runs the test, is a pupil's."""
    appliance.accounts[ME] = PUPIL
    prepared(folder, **settings)
    trusted = appliance.folder / "authority.pem"
    asked = Asked(
        appliance_url=appliance.url, code=CODE, authority=trusted, name="laptop", system="Linux", agent_version="1.0"
    )
    enrol(asked, folder / "state")
    with ended(Device(folder)) as device:
        yield device


@contextmanager
def ended(device: Device) -> Iterator[Device]:
    """Whatever it started ends."""
    try:
        yield device
    finally:
        for process in device.processes:
            if process.poll() is None:
                process.kill()
                process.wait(20)
