"""The firewall's maps of slots to ports, its counters, and whom it saw with tunnels; through the command nft."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SECONDS = 3.0
"""That nft may take; it takes a hundredth of one."""


class FirewallError(Exception):
    """nft refused, or is missing; the message is its own first line."""


@dataclass(frozen=True, slots=True)
class Ports:
    transparent: int
    proxy: int
    """0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A device that used a port or protocol which may hide what it carries."""

    device: str
    protocol: str
    port: int
    """0 for a protocol without ports."""
    times: int


class Firewall:
    def __init__(self, table: str) -> None:
        self._table = table

    def point(self, slots: Mapping[int, Ports]) -> None:
        """Let the slots lead to these ports and to none else, in one step. Open connections stay where they are."""
        maps = {
            "workers": {slot: ports.transparent for slot, ports in slots.items()},
            "proxies": {slot: ports.proxy for slot, ports in slots.items() if ports.proxy},
        }
        lines = []
        for name, elements in maps.items():
            lines.append(f"flush map {self._table} {name}")
            if elements:
                pairs = ", ".join(f"{slot} : {port}" for slot, port in sorted(elements.items()))
                lines.append(f"add element {self._table} {name} {{ {pairs} }}")
        self._nft("-f", "-", given="\n".join([*lines, ""]))

    def pointing(self) -> dict[int, Ports]:
        """Where the slots lead now."""
        workers, proxies = (dict(self._listed("map", name).get("elem", [])) for name in ("workers", "proxies"))
        return {slot: Ports(port, proxies.get(slot, 0)) for slot, port in workers.items()}

    def counters(self) -> dict[str, int]:
        """By name, such as "pupils-missed": connections."""
        listed = json.loads(self._nft("-j", "list", "counters", "table", *self._table.split()))
        found = (each["counter"] for each in listed["nftables"] if "counter" in each)
        return {each["name"]: each["packets"] for each in found if each["table"] == self._table.split()[-1]}

    def seen(self) -> list[Seen]:
        """Within the last hour."""
        names = ("tunnels4", "tunnels6", "protocols4", "protocols6")
        return [seen for name in names for seen in _seen(self._listed("set", name))]

    def _listed(self, kind: str, name: str) -> dict[str, Any]:
        listed = json.loads(self._nft("-j", "list", kind, *self._table.split(), name))
        return next((each[kind] for each in listed["nftables"] if kind in each), {})

    def _nft(self, *arguments: str, given: str | None = None) -> str:
        try:
            done = subprocess.run(
                ["nft", *arguments], input=given, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as e:
            raise FirewallError(f"nft: {e}") from e
        if done.returncode != 0:
            raise FirewallError((done.stderr.strip() or f"nft ended with {done.returncode}").splitlines()[0])
        return done.stdout


def _seen(listed: Mapping[str, Any]) -> Iterator[Seen]:
    for each in listed.get("elem", []):
        element = each.get("elem", {"val": each})
        device, protocol, *port = element["val"]["concat"]
        times = element.get("counter", {}).get("packets", 0)
        yield Seen(device=device, protocol=str(protocol), port=int(port[0]) if port else 0, times=times)
