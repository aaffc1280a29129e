"""A self-signed certificate for a server that lives as long as one benchmark."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID


def write_certificate(file: Path, *names: str) -> Path:
    """Key and certificate in one PEM, for these addresses and hosts."""
    file.write_bytes(_signed(ec.generate_private_key(ec.SECP256R1()), [_name(each) for each in names]))
    return file


def write_authority(file: Path, key: Path) -> None:
    """What a proxy signs with, key and certificate in one PEM, and a key for all that it signs."""
    file.write_bytes(_signed(rsa.generate_private_key(65537, 2048), [], "benchmark authority"))
    key.write_bytes(_private(rsa.generate_private_key(65537, 2048)))


def _signed(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, names: list[x509.GeneralName], called: str = "benchmark origin"
) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    if names:
        certificate = certificate.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return _private(key) + certificate.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    form, locked = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, locked)


def _name(written: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(written))
    except ValueError:
        return x509.DNSName(written)
