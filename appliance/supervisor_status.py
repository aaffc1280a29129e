"""What is wrong with a box's workers and its firewall, by what their supervisor says in the status file."""

from collections.abc import Iterable, Mapping
from typing import Any

NAMED = ("odd-port", "odd-protocol")
"""Of these there are many harmless ones: they are counted, and nobody is woken."""
SHOWN = 5


def deaths(supervisor: Mapping[str, Any]) -> int:
    """Workers that ended or fell silent by themselves, since the supervisor's start."""
    return int(supervisor.get("deaths") or 0)


def past(supervisor: Mapping[str, Any]) -> int:
    """Connections that found no worker, since the firewall was first loaded."""
    return int(supervisor.get("missed") or 0)


def unmanned_trouble(supervisor: Mapping[str, Any]) -> str:
    """In a sentence; empty where every share of the devices has its worker."""
    slots, empty = int(supervisor.get("slots") or 0), len(supervisor.get("unmanned") or ())
    if not empty:
        return ""
    share = "All devices" if empty == slots else f"{empty} of {slots} parts of the devices"
    have = "pass unread" if supervisor.get("fail") == "open" else "have no web"
    return f"{share} {have}: no worker runs for them. One is being started; if this stays, see the gateway’s log."


def firewall_trouble(supervisor: Mapping[str, Any]) -> str:
    if not supervisor.get("firewall_error"):
        return ""
    return (
        "The firewall does not take what it is told, so it may lead devices to nobody. Load it again, and see its log."
    )


def tunnels_trouble(supervisor: Mapping[str, Any]) -> str:
    """Which devices used what may hide what they do, within the last hour."""
    by_name: dict[str, set[str]] = {}
    for seen in supervisor.get("tunnels") or ():
        if seen["name"] not in NAMED:
            by_name.setdefault(str(seen["name"]), set()).add(str(seen["device"]))
    return "; ".join(f"{name}: {_listed(sorted(by_name[name]))}" for name in sorted(by_name))


def _listed(devices: Iterable[str]) -> str:
    first = list(devices)
    more = f" and {len(first) - SHOWN} more" if len(first) > SHOWN else ""
    return ", ".join(first[:SHOWN]) + more
