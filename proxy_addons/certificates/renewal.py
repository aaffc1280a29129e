"""While a worker runs: renew what it signs with, and notice within seconds that another worker or a command did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from proxy_addons.certificates.authority import Authority, authority
from proxy_addons.certificates.constraints import excluded_domains
from proxy_addons.certificates.folder import Folder
from proxy_addons.gateway_settings import GatewaySettings

EVERY = timedelta(minutes=1)


class Renewal:
    """Not at work yet when it is made: the first question is the one that makes the authority."""

    def __init__(self, settings: GatewaySettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings, self._now = settings, now
        self._folder = Folder(settings.state / "authority")
        self._known: Authority | None = None
        self._next = now()

    def confdir(self) -> Path:
        """Where mitmproxy finds the certificate to sign with. Raises SettingsError if nothing can sign any more."""
        now = self._now()
        if self._known is None or now >= self._next or self._folder.current() != self._known.confdir:
            self._next = now + EVERY
            self._known = authority(
                self._folder.path, self._settings.school, now, excluded_domains(self._settings.bypass)
            )
        return self._known.confdir

    def status(self) -> dict[str, object]:
        return self._known.standing.as_status() if self._known else {}
