"""How agents are met: TLS 1.3 alone, under a certificate of their authority, and asked for one of their own."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from appliance.agents.authority import Authority, new_key, pem_of, pem_of_key
from appliance.agents.settings import AgentsSettings
from detection.private_file import replace_privately

AGAIN = timedelta(days=1)
"""So often it is looked whether the certificate is due."""
NO_CHECK_TIME = 0x200000
"""OpenSSL's: a device whose certificate ended is told so with a 401, not with an alert that says less."""


@dataclass(slots=True)
class ServerTls:
    """A context for connections, made anew each day, so that the certificate in it never ends."""

    authority: Authority
    settings: AgentsSettings
    clock: Callable[[], datetime]
    _context: ssl.SSLContext | None = None
    _until: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def context(self) -> ssl.SSLContext:
        with self._lock:
            now = self.clock()
            if self._context is None or self._until is None or not now < self._until <= now + AGAIN:
                self._context, self._until = self._made(now), now + AGAIN
            return self._context

    def _made(self, now: datetime) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.num_tickets = 0  # each connection shows its certificate itself
        context.verify_mode = ssl.CERT_OPTIONAL
        context.load_verify_locations(cadata=self.authority.pem)
        context.verify_flags |= NO_CHECK_TIME
        context.load_cert_chain(own_file(self.authority, self.settings, now))
        return context


def own_file(authority: Authority, settings: AgentsSettings, now: datetime) -> Path:
    """Key and certificate, with the chain; made where it is due."""
    file = settings.authority / "server.pem"
    if not _stands(file, authority, settings.names, now):
        key = new_key()
        made = authority.for_server(key.public_key(), settings.names, now)
        replace_privately(file, pem_of_key(key) + (pem_of(made) + authority.pem).encode())
    return file


def _stands(file: Path, authority: Authority, names: tuple[str, ...], now: datetime) -> bool:
    """For these names, by this authority, and for a third of its life at least."""
    try:
        made = x509.load_pem_x509_certificate(file.read_bytes())
        alternatives = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        made.verify_directly_issued_by(authority.certificate)
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound, InvalidSignature):
        return False
    said = {str(each.value) for each in alternatives}
    left, life = made.not_valid_after_utc - now, made.not_valid_after_utc - made.not_valid_before_utc
    return said == set(names) and left > life / 3
