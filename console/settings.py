"""What the console is told at start: where the records are, where to listen, how cookies travel."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

MINIMUM_KEY_BYTES = 32
DATABASE = "sqlite:////var/lib/gatehouse/gatehouse.db"


class PasskeysRequired(StrEnum):
    OUTSIDE = "outside"
    """Of whoever comes from elsewhere than the school."""
    ALWAYS = "always"
    NEVER = "never"


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
    public_url: str | None = None
    """Where reviewers reach it, such as https://console.school.example:8443. Passkeys belong to its host name."""
    passkeys_required: str = PasskeysRequired.OUTSIDE
    """From whom the password alone is not enough: outside, always or never."""
    inside: tuple[str, ...] = ()
    """Networks of the school; whoever comes from elsewhere than these and the machine itself comes from outside."""
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
        if not _is_loopback(self.host):
            self._others_reach_it()
        self._passkeys_will_do()

    def _others_reach_it(self) -> None:
        if self.certificate is None and not self.proxies:
            raise ValueError("host may only be this machine's own (127.0.0.1 or ::1) without certificate or proxies")
        if not self.cookie_secure:
            raise ValueError("cookie_secure may only be false where host is this machine's own (127.0.0.1 or ::1)")

    @property
    def passkey_host(self) -> str | None:
        """The name passkeys belong to; None where there are none."""
        return urlsplit(self.public_url).hostname if self.public_url else None

    def _passkeys_will_do(self) -> None:
        if self.passkeys_required not in list(PasskeysRequired):
            raise ValueError("passkeys_required must be outside, always or never")
        for network in self.inside:
            _must_be_network(network)
        if self.public_url is not None:
            _must_be_origin(self.public_url)
        elif self._needs_passkeys():
            raise ValueError(
                "public_url is missing: who comes from outside needs a passkey, which belongs to the host name in it "
                '(docs/from-home.md); or say passkeys_required = "never"'
            )

    def _needs_passkeys(self) -> bool:
        from_outside = bool(self.proxies) or not _is_loopback(self.host)
        always = self.passkeys_required == PasskeysRequired.ALWAYS
        return always or (self.passkeys_required == PasskeysRequired.OUTSIDE and from_outside)


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


def _must_be_network(text: str) -> None:
    try:
        ipaddress.ip_network(text)
    except ValueError as e:
        raise ValueError(f"inside: {e}") from e


def _must_be_origin(url: str) -> None:
    """Browsers give passkeys to host names, and only where nobody can listen."""
    at = urlsplit(url)
    if at.scheme != "https" and (at.scheme, at.hostname) != ("http", "localhost"):
        raise ValueError("public_url must begin with https://")
    if at.username or at.query or at.fragment or at.path:
        raise ValueError("public_url ends with the host name or the port: https://console.school.example:8443")
    if not at.hostname or at.hostname.replace(".", "").isdigit() or ":" in at.hostname:
        raise ValueError("public_url needs a host name; a passkey cannot belong to an address")
