"""What the firewall goes by after a start: which networks are read, of which names are counted, which are paused.

A small file beside box.toml, so that the firewall needs no database to come up as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from appliance.provisioning.box import FILE as BOX_FILE
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Kind
from detection import settings
from detection.private_file import replace_privately

FILE = BOX_FILE.with_name("networks.toml")


class Reading(StrEnum):
    READ = "read"
    NAMES_ONLY = "names-only"
    """Names are counted; nothing is kept of a person."""
    OFF = "off"
    """Nothing is redirected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkState:
    name: str
    kind: str
    """As it was when it was agreed: a network that has become another kind needs another agreement."""
    reading: str
    paused_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.reading not in list(Reading):
            raise ValueError(f"reading must be one of {', '.join(Reading)}")
        if self.paused_until is not None and self.paused_until.tzinfo is None:
            raise ValueError("paused_until must end in Z or an offset")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStates:
    network: tuple[NetworkState, ...] = ()


def load(file: Path, box: Box) -> tuple[NetworkState, ...]:
    """One for each network of ``box``: what the file says, or, where it says nothing of such a one, the least."""
    known = settings.load(file, NetworkStates).network if file.exists() else ()
    stated = {(state.name, state.kind): state for state in known}
    return tuple(stated.get((each.name, each.kind)) or least(each.name, each.kind) for each in box.network)


def text(states: tuple[NetworkState, ...]) -> str:
    return "# Written by gatehouse network and gatehouse pause; the firewall is filled from it.\n" + "".join(
        f'\n[[network]]\nname = "{state.name}"\nkind = "{state.kind}"\nreading = "{state.reading}"\n'
        + (f"paused_until = {state.paused_until:%Y-%m-%dT%H:%M:%SZ}\n" if state.paused_until else "")
        for state in states
    )


def write(file: Path, content: str) -> None:
    """In one step: the firewall, or a kill, finds the old one or the new one. Everybody may read it."""
    replace_privately(file, content.encode(), mode=0o644)


def least(name: str, kind: str) -> NetworkState:
    """How a network stands that nobody has agreed to."""
    reading = Reading.OFF if kind == Kind.MANAGED else Reading.NAMES_ONLY
    return NetworkState(name=name, kind=kind, reading=reading)
