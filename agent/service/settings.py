"""What an administrator can set about the agent: /etc/gatehouse-agent/agent.toml. What it watches the school sets."""

from dataclasses import dataclass
from pathlib import Path

from agent.link.transport import PLACE

STATE = Path("/var/lib/gatehouse-agent")
FILE = Path("/etc/gatehouse-agent/agent.toml")
_MORE_THAN_NOTHING = ("outbox_megabytes", "heartbeat_seconds", "round_seconds", "library_seconds", "alive_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSettings:
    state: Path = STATE
    """The service's own folder: its key, its outbox, what it was told last."""
    socket: Path = PLACE
    """Where sessions find the service."""
    library: Path | None = None
    """A phrase library for as long as the appliance has given none; the shipped one if not set."""
    outbox_megabytes: int = 512
    """Beyond this the oldest of the lowest severity is dropped, and the school told."""
    free_megabytes: int = 512
    """Pictures are kept only while so much of the disk is free; detections as long as it takes any."""
    heartbeat_seconds: float = 60.0
    """How often the appliance hears from this device."""
    round_seconds: float = 10.0
    """What was detected is sent in rounds this far apart, so that the moment says nothing."""
    library_seconds: float = 60.0
    """How often the appliance is asked for a newer library."""
    alive_seconds: float = 10.0
    """How often the service notes that it lives, so that a gap can be told."""
    session_unit: str = "gatehouse-agent-session@{uid}.service"
    """Started for each person who signs in at the screen; empty: whoever connects is taken to be signed in."""

    def __post_init__(self) -> None:
        if self.free_megabytes < 0:
            raise ValueError("free_megabytes: must not be negative")
        if self.session_unit and "{uid}" not in self.session_unit:
            raise ValueError("session_unit: must say {uid} where the account's number belongs")
        for name in _MORE_THAN_NOTHING:
            if not getattr(self, name) > 0:
                raise ValueError(f"{name}: must be more than nothing")

    @property
    def outbox(self) -> Path:
        return self.state / "outbox.db"

    @property
    def journal(self) -> Path:
        return self.state / "journal.db"
