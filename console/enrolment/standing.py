"""How a network stands now, from the file the firewall goes by: the page must say what is so, not what was planned."""

import logging
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from console.enrolment.settings import Network, Reads

log = logging.getLogger(__name__)

_WORDS = {"read": Reads.EVERYTHING, "names-only": Reads.NAMES, "off": Reads.NOTHING}


def as_it_stands(network: Network, states: Path | None, now: datetime) -> Network:
    """What the settings say, where the file says nothing of this network, or cannot be read."""
    if states is None:
        return network
    try:
        rows = tomllib.loads(states.read_text("utf-8")).get("network", [])
        row = next((row for row in rows if row.get("name") == network.name), None)
        return replace(network, reads=_reads(row, now)) if row else network
    except FileNotFoundError:
        return network
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        log.warning("%s: cannot be read: %s", states, type(e).__name__)
        return network


def _reads(row: dict[str, object], now: datetime) -> Reads:
    until = row.get("paused_until")
    if isinstance(until, datetime) and until.replace(tzinfo=until.tzinfo or UTC) > now:
        return Reads.NOTHING
    return _WORDS[str(row["reading"])]
