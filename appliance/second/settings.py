"""What ``gatehouse follow`` is told at start."""

from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning.first_box import ALONE_HOURS, check_alone
from detection.client import ClientSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSettings:
    appliance_url: str
    """Of the first box: where it meets agents and second gateways, ``https://…:8446``."""
    ca_file: Path
    """Who signs its certificate, as learnt when this box joined it."""
    client_certificate: Path
    client_key: Path
    status: Path
    """What this box's gateway writes of itself."""
    box: Path
    """This box's box.toml; how its networks stand is written beside it."""
    state: Path
    """Folder for what is known of the first box."""
    alone_hours: int = ALONE_HOURS
    """So long what was agreed last holds while the first box cannot be reached; then nothing is read."""
    seconds: float = 5.0
    """Between one heartbeat and the next."""

    def __post_init__(self) -> None:
        check_alone(self.alone_hours)
        if not self.seconds > 0:
            raise ValueError("seconds must be more than nothing")
        _ = self.client

    @property
    def client(self) -> ClientSettings:
        return ClientSettings(
            appliance_url=self.appliance_url,
            ca_file=self.ca_file,
            client_certificate=self.client_certificate,
            client_key=self.client_key,
            timeout=10.0,
        )
