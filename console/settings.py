"""What the console is told at start: where the records are, where to listen, how cookies travel."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

MINIMUM_KEY_BYTES = 32
DATABASE = "sqlite:////var/lib/gatehouse/gatehouse.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleSettings:
    vault: Path
    """Folder of evidence and pictures."""
    secret_key_file: Path
    """At least 32 random bytes; signs the cookies."""
    private_key: Path | None = None
    """The appliance's: opens the sealed addresses of illegal content for the safeguarding lead; else they stay shut."""
    database: str = DATABASE
    """SQLAlchemy URL, sqlite or postgresql."""
    host: str = "127.0.0.1"
    """Address reviewers connect to."""
    port: int = 8000
    """0 takes a free one, which the start line names."""
    certificate: Path | None = None
    certificate_key: Path | None = None
    """Both for HTTPS; without them only this machine may be listened to, or a proxy stands in front."""
    cookie_secure: bool = True
    """Cookies over HTTPS only, and HSTS. False is for a try-out on one machine."""
    proxies: int = 0
    """Reverse proxies in front of the console whose X-Forwarded-* is believed."""
    watch: tuple[Path, ...] = ()
    """Status files that gateways write."""
    box: Path | None = None
    """The file of the box it runs on: which networks there are. Without it none is shown."""

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise ValueError("port must lie between 0 and 65535")
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("certificate and certificate_key come together or not at all")
        if not 0 <= self.proxies <= 5:
            raise ValueError("proxies must lie between 0 and 5")
        if _is_loopback(self.host):
            return
        if self.certificate is None and not self.proxies:
            raise ValueError("host may only be this machine's own (127.0.0.1 or ::1) without certificate or proxies")
        if not self.cookie_secure:
            raise ValueError("cookie_secure may only be false where host is this machine's own (127.0.0.1 or ::1)")


def secret_key(file: Path) -> bytes:
    """The bytes cookies are signed with; ValueError with a sentence where they will not do."""
    try:
        key = file.read_bytes().strip()
    except OSError as e:
        raise ValueError(f"{file}: the secret key cannot be read: {e.strerror}") from e
    if len(key) < MINIMUM_KEY_BYTES:
        raise ValueError(f"{file}: the secret key is too short; it needs {MINIMUM_KEY_BYTES} bytes or more")
    return key


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
