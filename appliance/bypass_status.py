"""What a person must decide or mend about hosts that are left closed, by a gateway's status file."""

from collections.abc import Mapping
from typing import Any

NAMED = 5


def list_trouble(status: Mapping[str, Any]) -> str:
    """A list that cannot be read; empty where there is none."""
    return str(status.get("bypass_problem") or "")


def learned_trouble(learned: Mapping[str, Any]) -> str:
    """Hosts that pass unread with nobody's word, or wait for somebody's; empty where there are none."""
    passing = sorted({str(each["host"]) for each in learned.get("passes") or () if each["state"] == "automatic"})
    proposed = sorted({str(each["host"]) for each in learned.get("proposals") or ()} - set(passing))
    parts = []
    if passing:
        parts.append(f"Apps that refuse to be read pass unread to {_named(passing)}.")
    if proposed:
        parts.append(f"Apps refuse to be read at {_named(proposed)}, and do not pass.")
    if learned.get("day_is_full"):
        parts.append("As many passed within a day as may: somebody may be refusing on purpose.")
    if parts:
        parts.append("Look with gatehouse bypass proposals, and confirm or refuse each.")
    return " ".join(parts)


def _named(hosts: list[str]) -> str:
    more = len(hosts) - NAMED
    return ", ".join(hosts[:NAMED]) + (f" and {more} more" if more > 0 else "")
