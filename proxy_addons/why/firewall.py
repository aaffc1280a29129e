"""Ask the running firewall about a client's network: is it read, are only names counted, is it paused."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

TABLE = ("inet", "gatehouse")
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class NetworkNow:
    card: str
    reading: bool
    names_only: bool
    paused_for: int | None
    """Seconds until the pause ends by itself; None where there is none."""


def network_of(address: str) -> NetworkNow | None:
    """None where this is no box, or whoever asks may not see the firewall."""
    route = _json("ip", "-j", "route", "get", address)
    if not isinstance(route, list) or not route or "dev" not in route[0]:
        return None
    card = str(route[0]["dev"])
    sets = {name: _elements(name) for name in ("reading", "names_only", "paused")}
    if any(each is None for each in sets.values()):
        return None
    found = {name: each or {} for name, each in sets.items()}
    return NetworkNow(card, card in found["reading"], card in found["names_only"], found["paused"].get(card))


def _elements(name: str) -> dict[str, int] | None:
    """Of a set of cards, with the seconds each has left."""
    said = _json("nft", "-j", "list", "set", *TABLE, name)
    if not isinstance(said, dict):
        return None
    found: dict[str, Any] = next((each["set"] for each in said.get("nftables", []) if "set" in each), {})
    return dict(_element(each) for each in found.get("elem", []))


def _element(said: Any) -> tuple[str, int]:
    if isinstance(said, dict):
        return str(said["elem"]["val"]), int(said["elem"].get("expires", 0))
    return str(said), 0


def _json(*command: str) -> Any:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, env={"PATH": path, "LC_ALL": "C"}, check=True
        )
        return json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
