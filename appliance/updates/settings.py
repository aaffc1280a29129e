"""What `gatehouse update` is told: where updates come from, and who may sign them."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_HERE = ("127.0.0.1", "::1")
PROGRAM = Path("/opt/gatehouse")
FILE = Path("/etc/gatehouse/update.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSettings:
    source: str
    """Where updates are published, https://…, or a folder: a stick that somebody brought."""
    root: Path
    """The publisher's first root metadata; later ones are signed by those before."""
    state: Path = Path("/var/lib/gatehouse/updates")
    """What was seen last, so that nobody can offer less, and what was downloaded."""
    program: Path = PROGRAM
    """With the folder of releases, and the link to the current one."""
    status: Path = Path("/var/lib/gatehouse/gateway/status.json")
    """What a gateway that is well writes every few seconds."""
    patience_seconds: float = 300.0
    """Within which everything must run again after an update; else it is taken back."""

    def __post_init__(self) -> None:
        at = urlsplit(self.source)
        if not (at.scheme == "https" or self.folder or (at.scheme == "http" and at.hostname in _HERE)):
            raise ValueError(f"source: {self.source} is neither an https:// address nor a folder of this machine")
        if self.patience_seconds <= 0:
            raise ValueError("patience_seconds: must be more than nothing")

    @property
    def folder(self) -> Path | None:
        return Path(self.source) if self.source.startswith("/") else None
