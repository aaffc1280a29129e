"""How the authority stands: until when it can sign, where the root's key is, for whom it cannot sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from proxy_addons.certificates import constraints, root_key
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.root_key import Place

RENEWAL = timedelta(days=60)
"""An intermediate with less than this left is replaced; browsers trust the root and notice nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    expires: datetime
    root_expires: datetime
    root_key: Place
    fingerprint: str
    """SHA-256 of the root, as browsers show it."""
    name: str
    excluded: int
    """So many domains, with all below them."""
    outdated: bool
    """Whether it excludes other hosts than the lists now say."""

    def due(self, now: datetime) -> bool:
        # One that lasts as long as its root is as good as there can be.
        return self.outdated or (self.expires - now < RENEWAL and self.expires < self.root_expires)

    def as_status(self) -> dict[str, object]:
        """For the status file: figures and dates, no host."""
        return {
            "expires": self.expires.isoformat(),
            "root_expires": self.root_expires.isoformat(),
            "root_key": str(self.root_key),
            "excluded": self.excluded,
            "outdated": self.outdated,
        }


def standing(folder: Folder, excluded: Iterable[str]) -> Standing | None:
    """None if nothing can sign: there is no root, or no intermediate of it."""
    intermediate = folder.intermediate()
    if intermediate is None or not folder.root.exists():
        return None
    root = x509.load_pem_x509_certificate(folder.root.read_bytes())
    if not is_issued_by(intermediate, root):
        return None
    sealed = constraints.excluded_by(intermediate)
    return Standing(
        expires=min(intermediate.not_valid_after_utc, root.not_valid_after_utc),
        root_expires=root.not_valid_after_utc,
        root_key=root_key.place(folder),
        fingerprint=fingerprint(root),
        name=intermediate.subject.rfc4514_string().removeprefix("CN="),
        excluded=len(sealed),
        outdated=set(sealed) != set(excluded),
    )


def is_issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except Exception:  # noqa: BLE001 - of several kinds, and one that the library does not export
        return False
    return True


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()
