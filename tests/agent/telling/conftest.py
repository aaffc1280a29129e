"""A desktop as far as telling needs one: a screen, a session's bus, and dunst, which shows notifications."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.appliance.deadline import eventually

NEEDED = ("Xvfb", "dbus-daemon", "dunst", "dunstctl")
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:path={folder}/bus</listen><servicedir>{folder}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
NOTICE = """[D-BUS Service]
Name=org.gatehouse.Notice
Exec={python} -c "from agent.cli import main; raise SystemExit(main())" notice --socket {folder}/agent.sock
"""


@dataclass(frozen=True)
class DesktopHere:
    folder: Path
    screen: str

    @property
    def bus(self) -> str:
        return f"unix:path={self.folder}/bus"

    @property
    def environment(self) -> dict[str, str]:
        own = {"DISPLAY": self.screen, "DBUS_SESSION_BUS_ADDRESS": self.bus, "XDG_RUNTIME_DIR": str(self.folder)}
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        return {**os.environ, **own, "PATH": path, "HOME": str(self.folder)}

    def dunst(self, *asked: str) -> str:
        """What dunst says of itself; nothing while it is not there."""
        command = ["dunstctl", *asked]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def shown(self) -> int:
        return int(self.dunst("count", "displayed") or 0)

    @contextmanager
    def showing_notifications(self) -> Iterator[None]:
        with _running(["dunst"], self.environment):
            eventually(lambda: self.dunst("count", "displayed") != "")
            yield

    def opened(self) -> list[str]:
        """What was given to a browser."""
        file = self.folder / "opened"
        return file.read_text().splitlines() if file.exists() else []


@contextmanager
def _running(command: list[str], environment: dict[str, str], **more: object) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
    with subprocess.Popen(command, env=environment, **quiet) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.terminate()


def _answers(bus: Path) -> bool:
    """Its file is there before anybody listens at it."""
    with socket.socket(socket.AF_UNIX) as trying:
        return trying.connect_ex(str(bus)) == 0


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[DesktopHere]:
    if missing := [program for program in NEEDED if shutil.which(program) is None]:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    (tmp_path / "notice.service").write_text(NOTICE.format(folder=tmp_path, python=sys.executable))
    (tmp_path / "bin").mkdir()
    browser = tmp_path / "bin" / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" >>{tmp_path}/opened\n')
    browser.chmod(0o755)
    with ExitStack() as stack:
        reading, writing = os.pipe()
        stack.enter_context(
            _running(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1000x700x24"],
                dict(os.environ),
                pass_fds=[writing],
            )
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            here = DesktopHere(tmp_path, f":{said.readline().strip()}")
        command = ["dbus-daemon", f"--config-file={tmp_path}/bus.conf", "--nofork"]
        stack.enter_context(_running(command, here.environment))
        eventually(lambda: _answers(tmp_path / "bus"))
        yield here
