"""The school's public root certificate, as devices and people need it."""

import hashlib
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RootCertificate:
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def name(self) -> str:
        return self.certificate.subject.rfc4514_string().removeprefix("CN=")

    @property
    def ends(self) -> datetime:
        return self.certificate.not_valid_after_utc

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest().upper()

    @property
    def sha1(self) -> str:
        """What Windows and macOS call the thumbprint; of use to find the certificate, not to trust it."""
        return hashlib.sha1(self.der, usedforsecurity=False).hexdigest().upper()

    def identifier(self, what: str) -> str:
        """A UUID that is the same for ``what`` as long as the certificate is, so that a profile replaces itself."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"gatehouse {what} {self.sha256}")).upper()


def load_root(file: Path) -> RootCertificate:
    """ValueError where the file holds no certificate authority, or holds a private key as well."""
    try:
        content = file.read_bytes()
    except OSError as e:
        raise ValueError(f"{file}: the root certificate cannot be read: {e.strerror}") from e
    if b"PRIVATE KEY" in content:
        raise ValueError(
            f"{file}: holds a private key; give the public certificate alone, which everybody may download"
        )
    try:
        certificate = x509.load_pem_x509_certificate(content)
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound) as e:
        raise ValueError(f"{file}: holds no certificate of an authority (PEM)") from e
    if not constraints.ca:
        raise ValueError(f"{file}: holds a certificate that may sign no others")
    return RootCertificate(certificate)


class RootFile:
    """The certificate as the file has it now: a box that was restored or signs otherwise gives devices another one."""

    def __init__(self, file: Path) -> None:
        self._file, self._seen, self._root = file, _marks(file), load_root(file)

    def current(self) -> RootCertificate:
        """The last that was good, where a new one is not."""
        if (marks := _marks(self._file)) != self._seen:
            try:
                self._root = load_root(self._file)
            except ValueError as e:
                log.warning("the root certificate stays as it was: %s", e)
            self._seen = marks
        return self._root


def _marks(file: Path) -> tuple[int, int, int]:
    try:
        status = file.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def groups(digits: str, size: int = 4) -> list[str]:
    """Four digits at a time can be compared by eye."""
    return [digits[i : i + size] for i in range(0, len(digits), size)]
