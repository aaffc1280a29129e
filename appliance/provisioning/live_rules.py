"""Change the running firewall: which networks are read, of which names are counted, which are paused."""

import os
import subprocess
from collections.abc import Sequence
from datetime import datetime, timedelta

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.network_states import NetworkState, Reading

TABLE = "inet gatehouse"
LONGEST_PAUSE = timedelta(hours=8)
"""A clock that was set back makes none longer."""
_SECONDS = 15


class FirewallError(ValueError):
    """The firewall did not take it; the message is for whoever gave the command."""


def reading(box: Box, states: Sequence[NetworkState]) -> str:
    """In place of what the sets hold now; pauses stay as they are."""
    cards = {each.name: each.interface for each in box.network}
    lines = []
    for name, which in (("reading", Reading.READ), ("names_only", Reading.NAMES_ONLY)):
        lines.append(f"flush set {TABLE} {name}")
        if found := [f'"{cards[state.name]}"' for state in states if state.reading == which]:
            lines.append(f"add element {TABLE} {name} {{ {', '.join(found)} }}")
    return "\n".join(lines) + "\n"


def all_of(box: Box, states: Sequence[NetworkState], now: datetime) -> str:
    """For a firewall that has just been loaded: the pauses that were on, too."""
    cards = {each.name: each for each in box.network}
    left = [(cards[s.name], min(s.paused_until - now, LONGEST_PAUSE)) for s in states if s.paused_until]
    return reading(box, states) + "".join(pause(card, rest) for card, rest in left if rest >= timedelta(seconds=1))


def pause(network: Network, lasts: timedelta) -> str:
    """It ends in the kernel, whatever becomes of us. Added before it is taken out, for there may be none."""
    card = f'"{network.interface}"'
    return (
        f"add element {TABLE} paused {{ {card} timeout 1s }}\n"
        f"delete element {TABLE} paused {{ {card} }}\n"
        f"add element {TABLE} paused {{ {card} timeout {int(lasts.total_seconds())}s }}\n"
    )


def resume(network: Network) -> str:
    """Safe where none is on."""
    card = f'"{network.interface}"'
    return f"add element {TABLE} paused {{ {card} timeout 1s }}\ndelete element {TABLE} paused {{ {card} }}\n"


def apply(commands: str) -> None:
    """All of it, or nothing and FirewallError."""
    try:
        done = subprocess.run(  # names of cards and networks are checked where they are read
            ["nft", "-f", "-"],  # where it lies differs between systems
            input=commands,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            env={"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin", "LC_ALL": "C"},
            check=False,
        )
    except FileNotFoundError:
        raise FirewallError("nft is not installed here; this is done on the gateway box") from None
    except subprocess.TimeoutExpired:
        raise FirewallError(f"nft did not answer within {_SECONDS} seconds") from None
    if done.returncode != 0:
        raise FirewallError(_said(done.stderr))


def _said(errors: str) -> str:
    if "Operation not permitted" in errors:
        return "the firewall may only be changed by root: use sudo"
    if "No such file or directory" in errors:
        return "the firewall of the box is not loaded: systemctl start gatehouse-firewall"
    return f"nft refused it: {errors.strip().splitlines()[0] if errors.strip() else 'without saying why'}"
