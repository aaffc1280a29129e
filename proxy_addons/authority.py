"""The gateway's certificate authority: a root that browsers trust, an intermediate that signs, both its own."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from mitmproxy.certs import DEFAULT_DHPARAM

ROOT_LIFE = timedelta(days=3652)
INTERMEDIATE_LIFE = timedelta(days=365)
RENEWAL = timedelta(days=60)
"""An intermediate with less than this left is replaced at a start; browsers trust the root and notice nothing."""
CLOCK_SLACK = timedelta(days=2)

MITMPROXY = "mitmproxy-ca.pem"
"""The name mitmproxy looks for in its confdir: key, intermediate, root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    folder: Path
    """mitmproxy's confdir: readable by the gateway's user only."""
    root: Path
    """What browsers are told to trust."""


def authority(folder: Path, school: str, now: datetime) -> Authority:
    """Make or take up the authority kept in ``folder``. Safe to repeat, and from several processes at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    with _lock(folder):
        root = _Issuer.load(folder / "root-key.pem", folder / "gatehouse-root.pem")
        if root is None:
            root = _root(school, now)
            root.save(folder / "root-key.pem", folder / "gatehouse-root.pem")
        if _renewal_due(folder / MITMPROXY, root.certificate, now):
            _replace(folder / MITMPROXY, _intermediate(root, school, now).pem() + root.certificate_pem(), 0o600)
        if not (folder / "mitmproxy-dhparam.pem").exists():
            _replace(folder / "mitmproxy-dhparam.pem", DEFAULT_DHPARAM, 0o600)
    return Authority(folder=folder, root=folder / "gatehouse-root.pem")


@dataclass(frozen=True, slots=True)
class _Issuer:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def load(cls, key: Path, certificate: Path) -> "_Issuer | None":
        if not key.exists():
            return None
        loaded = load_pem_private_key(key.read_bytes(), None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{key}: is not a key this gateway made")
        return cls(loaded, x509.load_pem_x509_certificate(certificate.read_bytes()))

    def save(self, key: Path, certificate: Path) -> None:
        # The key last: a start that died in between finds no key and begins again.
        _replace(certificate, self.certificate_pem(), 0o644)
        _replace(key, self.key_pem(), 0o600)

    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def pem(self) -> bytes:
        return self.key_pem() + self.certificate_pem()


def _root(school: str, now: datetime) -> _Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Gatehouse {school} Root".replace("  ", " "))
    builder = _builder(name, name, key, now, ROOT_LIFE, path_length=1)
    return _Issuer(key, builder.sign(key, hashes.SHA256()))


def _intermediate(root: _Issuer, school: str, now: datetime) -> _Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Gatehouse {school} {now:%Y-%m-%d}".replace("  ", " "))
    builder = _builder(name, root.certificate.subject, key, now, INTERMEDIATE_LIFE, path_length=0)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    return _Issuer(key, builder.add_extension(issuer, critical=False).sign(root.key, hashes.SHA256()))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    life: timedelta,
    *,
    path_length: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + life)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_SIGNS_ONLY, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


_SIGNS_ONLY = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _name(common: str) -> x509.Name:
    # A common name holds 64 characters; the longest school name must still give a certificate.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _renewal_due(file: Path, root: x509.Certificate, now: datetime) -> bool:
    if not file.exists():
        return True
    intermediate, *above = x509.load_pem_x509_certificates(file.read_bytes())
    return above != [root] or intermediate.not_valid_after_utc - now < RENEWAL


def _replace(file: Path, content: bytes, mode: int) -> None:
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    temporary.chmod(mode)
    temporary.replace(file)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
