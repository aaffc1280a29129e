"""Let the gateway follow when a network is agreed to or taken back: what it is told is rendered anew."""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.provisioning.box import Box
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.network_states import NetworkState

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
    had, draft = file.stat(), file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    if (had.st_uid, had.st_gid) != (os.geteuid(), os.getegid()):  # what follows on a second box may give nothing away
        os.chown(draft, had.st_uid, had.st_gid)
    draft.chmod(had.st_mode & 0o7777)
    draft.replace(file)
