"""What the appliance and its worker are told at start."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from appliance.mail_settings import MailSettings
from images.settings import RendererSettings

DATABASE = "sqlite:////var/lib/gatehouse/gatehouse.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceSettings:
    """For taking detections in, and for the commands that look after schools, people, devices and reviewers."""

    private_key: Path
    """What detections are opened with; ``gatehouse keys new`` makes it."""
    vault: Path
    """Folder of evidence and pictures."""
    library_key: Path | None = None
    """What libraries for sensors are signed with; without it they keep the one they came with."""
    database: str = DATABASE
    """SQLAlchemy URL, sqlite or postgresql."""
    host: str = "127.0.0.1"
    port: int = 8443
    """0 takes a free one, which the start line names."""
    certificate: Path | None = None
    certificate_key: Path | None = None
    """Both for HTTPS; without them only this machine may be listened to."""
    threads: int = 8
    recordings_megabytes: int = 1024
    """So much of the disk must be free for recordings to be taken in."""
    pictures_megabytes: int = 256
    """So much for pictures to be drawn; the rest is for detections."""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError("port must lie between 0 and 65535")
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("certificate and certificate_key come together or not at all")
        if self.certificate is None and not _is_loopback(self.host):
            raise ValueError("host may only be this machine's own (127.0.0.1 or ::1) without certificate")
        if not 1 <= self.threads <= 64:
            raise ValueError("threads must lie between 1 and 64")
        _marks(self.recordings_megabytes, self.pictures_megabytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    vault: Path
    console_url: str
    """Where an alert's link leads, such as https://gatehouse.school.example."""
    database: str = DATABASE
    mail: MailSettings | None = None
    renderer: RendererSettings = field(default_factory=RendererSettings)
    watch: tuple[Path, ...] = ()
    """Status files that gateways write."""
    give_up_evidence_minutes: int = 15
    """Then a capture is drawn from its text."""
    backup_days: int = 7
    """A last backup older than this is warned of; 0 for never."""
    recordings_megabytes: int = 1024
    """So much of the disk must be free for recordings to be taken in, as the appliance has it."""
    pictures_megabytes: int = 256
    """So much for pictures to be drawn; the rest is for detections."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.console_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("console_url must begin with https:// or http://")
        if self.give_up_evidence_minutes < 1:
            raise ValueError("give_up_evidence_minutes must be at least 1")
        if self.backup_days < 0:
            raise ValueError("backup_days must not be negative")
        _marks(self.recordings_megabytes, self.pictures_megabytes)


def _marks(recordings: int, pictures: int) -> None:
    if not 0 <= pictures <= recordings:
        raise ValueError("pictures_megabytes must lie between 0 and recordings_megabytes")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
