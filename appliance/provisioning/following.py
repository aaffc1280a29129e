"""Let the gateway follow when a network is agreed to or taken back: what it is told is rendered anew."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.provisioning.box import Box
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.network_states import NetworkState
from appliance.provisioning.placing import place

RUNNING = Path("/run/systemd/system")


def reload_gateway() -> None:
    subprocess.run(["systemctl", "--no-block", "try-reload-or-restart", "gatehouse-gateway.service"], check=False)


def follow(folder: Path, box: Box, states: Sequence[NetworkState], reload: Callable[[], None] = reload_gateway) -> bool:
    """Rewrite the gateway's settings where they are and change with ``states``; whose owner and rights stay. The
    workers take it up one after the other, so that no connection is dropped. Whether anything changed."""
    file, text = folder / "gateway.toml", gateway(box, tuple(states))
    if not file.exists() or file.read_text("utf-8") == text:
        return False
    _replace(file, text)
    if RUNNING.is_dir():
        reload()
    return True


def _replace(file: Path, text: str) -> None:
    had = file.stat()
    whose = had.st_uid, had.st_gid
    user, group = (-1, -1) if whose == (os.geteuid(), os.getegid()) else whose
    place(file, text.encode(), mode=had.st_mode & 0o7777, user=user, group=group)
