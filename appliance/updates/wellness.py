"""Whether a box is well after an update: its programs run, and its gateway says that it sees."""

import json
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from detection.json_object import parse_time

UNITS = "gatehouse-*.service"
EVERY = 2.0


def wait_until_well(
    status: Path,
    since: datetime,
    patience: float,
    *,
    systemctl: str = "systemctl",
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """What is still wrong when patience ends, in a sentence; empty as soon as nothing is."""
    end = time.monotonic() + patience
    while (wrong := _wrong(status, since, systemctl)) and time.monotonic() < end:
        sleep(EVERY)
    return wrong


def _wrong(status: Path, since: datetime, systemctl: str) -> str:
    listed = _said(systemctl, "list-unit-files", "--state=enabled", "--no-legend", "--plain", UNITS)
    units = [line.split()[0] for line in listed.splitlines() if line.strip()]
    if not units:
        return "no service of Gatehouse is enabled"
    states = _said(systemctl, "is-active", *units).split()
    if ill := [unit for unit, state in zip(units, states, strict=False) if state != "active"]:
        return f"{', '.join(ill)} does not run"
    try:
        seen = parse_time(json.loads(status.read_text("utf-8"))["at"], "at")
    except (OSError, ValueError, KeyError, TypeError):
        return "the gateway has not written its status"
    return "" if seen > since else f"the gateway has not been heard of since {seen.astimezone(UTC):%H:%M:%S} UTC"


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
