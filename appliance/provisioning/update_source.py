"""What box.toml says of updates of Gatehouse: where they come from, and whether they are installed unasked."""

import re
from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning.toml_text import toml
from appliance.updates.settings import UpdateSettings

_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSource:
    source: str
    """Where releases are published, https://…, or a folder: where a stick is mounted."""
    root: Path
    """The publisher's first root metadata, a file on the box."""
    apply: bool = False
    """Install a newer release without being asked. Else the box only says that there is one."""
    at: str = ""
    """With apply, the hour at which: "02:30"."""

    def __post_init__(self) -> None:
        UpdateSettings(source=self.source, root=self.root)
        if not self.root.is_absolute():
            raise ValueError(f"root: {self.root} must be a whole path, such as /etc/gatehouse/update-root.json")
        if self.apply and not _HOUR.fullmatch(self.at):
            raise ValueError(f'at: {self.at!r}: with apply = true an hour is needed, such as "02:30"')
        if self.at and not self.apply:
            raise ValueError("at: does nothing without apply = true")


def update_file(wanted: UpdateSource) -> str:
    return toml({"source": wanted.source, "root": str(wanted.root)})
