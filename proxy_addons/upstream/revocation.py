"""Lists of revoked certificates (RFC 5280, section 5) that the network manager has put into a file or folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPublicKeyTypes

from detection.settings import SettingsError

_ENDING = b"-----END X509 CRL-----"
_Stamp = dict[Path, tuple[int, int]]


@dataclass(slots=True)
class RevocationList:
    crl: x509.CertificateRevocationList
    serials: frozenset[int]
    _fits: dict[bytes, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, crl: x509.CertificateRevocationList) -> "RevocationList":
        return cls(crl, frozenset(entry.serial_number for entry in crl))

    def is_by(self, issuer: x509.Certificate) -> bool:
        """Checked once for each issuer: to hash a list of millions takes a while."""
        key = issuer.tbs_certificate_bytes
        if key not in self._fits:
            # What has signed a certificate in a verified chain has a key that can sign.
            public = cast(CertificateIssuerPublicKeyTypes, issuer.public_key())
            self._fits[key] = self.crl.is_signature_valid(public)
        return self._fits[key]

    def is_expired(self, now: datetime) -> bool:
        return self.crl.next_update_utc is not None and self.crl.next_update_utc < now


class RevocationLists:
    def __init__(self, place: Path | None) -> None:
        """Raises SettingsError where a list cannot be read: a start with less than was asked for would be doubtful."""
        self._place = place
        self._stamp: _Stamp = {}
        self._by_issuer: dict[bytes, list[RevocationList]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read what has changed. If something cannot be read, the lists stay as they were, and it raises."""
        if self._place is None or (stamp := self._look(self._place)) == self._stamp:
            return
        found: dict[bytes, list[RevocationList]] = {}
        for file in stamp:
            for each in _read(file):
                found.setdefault(each.crl.issuer.public_bytes(), []).append(each)
        self._by_issuer, self._stamp = found, stamp

    def names(self, chain: Sequence[x509.Certificate]) -> bool:
        """Whether one of a verified chain is revoked; an old list counts as well, since few revocations are undone."""
        return bool(self) and any(
            certificate.serial_number in each.serials and each.is_by(issuer)
            for certificate, issuer in pairwise(chain)
            for each in self._by_issuer.get(issuer.subject.public_bytes(), ())
        )

    def status(self, now: datetime) -> dict[str, int]:
        lists = [each for of_issuer in self._by_issuer.values() for each in of_issuer]
        return {"lists": len(lists), "expired": sum(each.is_expired(now) for each in lists)}

    def __bool__(self) -> bool:
        return bool(self._by_issuer)

    def _look(self, place: Path) -> _Stamp:
        try:
            files = sorted(f for f in place.iterdir() if f.is_file()) if place.is_dir() else [place]
            return {f: (s.st_mtime_ns, s.st_size) for f in files if not f.name.startswith(".") for s in (f.stat(),)}
        except OSError as e:
            raise SettingsError(f"revocation_lists: {e.filename}: {e.strerror}") from e


def _read(file: Path) -> list[RevocationList]:
    try:
        content = file.read_bytes()
        if _ENDING not in content:
            return [RevocationList.of(x509.load_der_x509_crl(content))]
        pieces = content.split(_ENDING)[:-1]
        return [RevocationList.of(x509.load_pem_x509_crl(piece + _ENDING + b"\n")) for piece in pieces]
    except OSError as e:
        raise SettingsError(f"revocation_lists: {file}: {e.strerror}") from e
    except ValueError as e:
        raise SettingsError(f"revocation_lists: {file}: is not a list of revoked certificates (PEM or DER)") from e
