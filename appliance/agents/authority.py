"""The authority of the agents: signs a certificate for each device, and the one they meet this appliance under.

Its key never leaves the appliance. Whoever has it can speak as any device, and read nothing.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.key_usage import key_usage
from detection.private_file import replace_privately
from detection.settings import SettingsError

YEARS = 20
DEVICE_LIFE = timedelta(days=365)
SERVER_LIFE = timedelta(days=90)
EARLIER = timedelta(hours=1)
"""Certificates count from so long ago: the clock of a device may be behind."""
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate."""
        return self.certificate.fingerprint(hashes.SHA256())

    def for_device(self, key: PublicKey, name: str, now: datetime) -> x509.Certificate:
        """It can be shown by a client, and no more; the name is ours, whatever was asked for."""
        return self._signed(key, name, now, DEVICE_LIFE, ExtendedKeyUsageOID.CLIENT_AUTH, ())

    def for_server(self, key: PublicKey, names: Sequence[str], now: datetime) -> x509.Certificate:
        return self._signed(key, names[0], now, SERVER_LIFE, ExtendedKeyUsageOID.SERVER_AUTH, names)

    def _signed(
        self,
        key: PublicKey,
        name: str,
        now: datetime,
        life: timedelta,
        usage: x509.ObjectIdentifier,
        names: Sequence[str],
    ) -> x509.Certificate:
        ends = min(now + life, self.certificate.not_valid_after_utc)
        made = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - EARLIER)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
            .add_extension(key_usage(signs_certificates=False), True)
            .add_extension(x509.ExtendedKeyUsage([usage]), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), False)
        )
        if names:
            made = made.add_extension(x509.SubjectAlternativeName([_spelt(each) for each in names]), False)
        return made.sign(self.key, hashes.SHA256())


def authority(folder: Path, now: datetime) -> Authority:
    """The one in ``folder``, made if there is none. SettingsError where it cannot be used."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder):
            if not (folder / "authority.pem").exists():
                _make(folder, now)
            return _read(folder)
    except OSError as e:
        raise SettingsError(f"{e.filename or folder}: authority: {e.strerror}") from e


def asked_key(csr: str) -> PublicKey:
    """Of a request for a certificate. ValueError where it is none, or of a kind that is not taken."""
    with suppress(ValueError, TypeError, InvalidSignature):
        request = x509.load_pem_x509_csr(csr.encode())
        key = request.public_key()
        if request.is_signature_valid and _is_taken(key):
            return key  # type: ignore[return-value]
    raise ValueError("csr: is not a request for a certificate with an EC key (P-256 or P-384) or RSA from 2048 bits")


def asked_name(csr: str) -> str:
    """The common name somebody asked for; empty where none."""
    found = x509.load_pem_x509_csr(csr.encode()).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _make(folder: Path, now: datetime) -> None:
    """The certificate last: a start that died in between finds none and begins again."""
    key, name = new_key(), _name("Gatehouse agents")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(key_usage(signs_certificates=True), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    replace_privately(folder / "authority.key", pem_of_key(key))
    replace_privately(folder / "authority.pem", certificate.public_bytes(Encoding.PEM))


def _read(folder: Path) -> Authority:
    file = folder / "authority.key"
    if file.stat().st_mode & 0o077:
        raise SettingsError(f"{file}: authority: others can read it; chmod 600 it")
    try:
        key = load_pem_private_key(file.read_bytes(), None)
        certificate = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    except ValueError as e:
        raise SettingsError(f"{folder}: authority: holds no key and certificate that belong together") from e
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise SettingsError(f"{folder}: authority: the key is not that of the certificate")
    return Authority(key=key, certificate=certificate)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two programs that start at once make one authority."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_taken(key: object) -> bool:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1)
    return isinstance(key, rsa.RSAPublicKey) and 2048 <= key.key_size <= 8192


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _spelt(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
