"""Telling for the session that runs here: on this desktop's bus, remembering where its unit lets it write."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from agent.telling.last_told import LastTold
from agent.telling.telling import Telling


def telling_here(bus: Callable[[], str], own: Mapping[str, str] = os.environ) -> Telling:
    """``bus``: the address of the session's bus, asked each time. The unit names the folders (systemd.exec(5))."""
    return Telling(bus, LastTold(kept=_kept(own), here=_here(own)))


def _kept(own: Mapping[str, str]) -> Path:
    if named := own.get("STATE_DIRECTORY"):
        return Path(named)
    state = own.get("XDG_STATE_HOME") or f"{own.get('HOME', '/')}/.local/state"
    return Path(state) / "gatehouse-agent"


def _here(own: Mapping[str, str]) -> Path:
    if named := own.get("RUNTIME_DIRECTORY"):
        return Path(named)
    return Path(own.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}") / "gatehouse-agent"
