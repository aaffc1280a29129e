"""What ``gatehouse agents`` and ``gatehouse agent`` are told at start."""

from dataclasses import dataclass, field
from pathlib import Path

from appliance.agents import whereabouts
from appliance.config import DATABASE


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentsSettings:
    private_key: Path
    """What detections are opened with: the appliance's."""
    vault: Path
    authority: Path
    """Folder of the authority that signs for devices; it is made at the first start, with what is in it."""
    names: tuple[str, ...]
    """Under which devices reach this appliance: host names and addresses; the first is told to new ones."""
    on_site: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The networks of each school, by its slug: a device that comes from elsewhere is off site."""
    library_key: Path | None = None
    canary_key: Path | None = None
    """What second gateways know the canary by; without it they take no text for a test."""
    database: str = DATABASE
    host: str = "0.0.0.0"  # noqa: S104
    """Devices may be anywhere; without a certificate of the authority they can only enrol."""
    port: int = 8446
    threads: int = 32
    recordings_megabytes: int = 1024
    pictures_megabytes: int = 256
    """As the appliance has them."""

    def __post_init__(self) -> None:
        if not self.names or not all(name.strip() for name in self.names):
            raise ValueError("names must hold at least one name or address")
        if not 0 <= self.port <= 65535:
            raise ValueError("port must lie between 0 and 65535")
        if not 1 <= self.threads <= 256:
            raise ValueError("threads must lie between 1 and 256")
        if not 0 <= self.pictures_megabytes <= self.recordings_megabytes:
            raise ValueError("pictures_megabytes must lie between 0 and recordings_megabytes")
        whereabouts.sites(self.on_site)

    @property
    def address(self) -> str:
        name = f"[{self.names[0]}]" if ":" in self.names[0] else self.names[0]
        return f"https://{name}:{self.port}"
