"""Whether a box is well after an update: its programs run, and its gateway says that it sees."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from detection.json_object import parse_time

UNITS = "gatehouse-*.service"
EVERY = 2.0
ROUNDING = timedelta(seconds=2)
"""Workers' ages are told in whole seconds."""


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
        said = json.loads(status.read_text("utf-8"))
        seen = parse_time(said["at"], "at")
        if seen <= since:
            return f"the gateway has not been heard of since {seen.astimezone(UTC):%H:%M:%S} UTC"
        return _of_workers(said.get("supervisor") or {}, seen, since)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "the gateway has not written its status"


def _of_workers(supervisor: Mapping[str, Any], seen: datetime, since: datetime) -> str:
    """The supervisor keeps a worker until the next one is ready, so what still runs may be the release before."""
    workers = [seen - timedelta(seconds=worker["age"]) for worker in supervisor.get("workers", ())]
    old = sum(started < since - ROUNDING for started in workers)
    if old:
        return f"{old} of {len(workers)} workers of the gateway are still those of before"
    missing = len(supervisor.get("unmanned", ()))
    return f"{missing} workers of the gateway are missing" if missing else ""


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
