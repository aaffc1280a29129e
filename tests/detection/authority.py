"""An authority made for one test: it signs certificates for appliances on loopback and for devices."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.x509.oid import NameOID

HOUR = timedelta(hours=1)


class Authority:
    def __init__(self, name: str = "authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        public = self._key.public_key()
        self.certificate = self._made(self._name, public, HOUR * 240, HOUR, x509.BasicConstraints(True, None))
        self.pem = _pem(self.certificate)

    def write(self, file: Path) -> Path:
        file.write_bytes(self.pem)
        return file

    def pair(self, file: Path, name: str = "127.0.0.1", *, lasts: timedelta = HOUR) -> Path:
        """A key of its own and the certificate for it, as one PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(pem + self.issue(key.public_key(), name, lasts=lasts))
        file.chmod(0o600)
        return file

    def sign(self, request: str, name: str, *, lasts: timedelta = HOUR, since: timedelta = HOUR) -> bytes:
        """The certificate for whoever asks, whatever name they ask for, with the chain."""
        asked = x509.load_pem_x509_csr(request.encode())
        assert asked.is_signature_valid
        public = asked.public_key()
        assert isinstance(public, EllipticCurvePublicKey)
        return self.issue(public, name, lasts=lasts, since=since) + self.pem

    def issue(
        self, public: EllipticCurvePublicKey, name: str, *, lasts: timedelta = HOUR, since: timedelta = HOUR
    ) -> bytes:
        alternatives = [x509.IPAddress(ip_address(name))] if name[:1].isdigit() else [x509.DNSName(name)]
        return _pem(self._made(_named(name), public, lasts, since, x509.SubjectAlternativeName(alternatives)))

    def _made(
        self,
        name: x509.Name,
        public: EllipticCurvePublicKey,
        lasts: timedelta,
        since: timedelta,
        extension: x509.ExtensionType,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - since)
            .not_valid_after(now + lasts)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(self._key, hashes.SHA256())
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
