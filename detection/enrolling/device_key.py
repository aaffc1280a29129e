"""The key that stands for this machine: made here, and it never leaves it."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

LONGEST_NAME = 64


def new_key() -> bytes:
    """P-256, as PEM."""
    made = ec.generate_private_key(ec.SECP256R1())
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def request(key: bytes, name: str) -> str:
    """A request for a certificate; the name in it is a wish."""
    loaded = load_pem_private_key(key, None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)  # noqa: S101 - new_key made it
    wished = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME] or "device")])
    made = x509.CertificateSigningRequestBuilder().subject_name(wished).sign(loaded, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def belongs(key: bytes, certificate: str) -> bool:
    """Whether the first certificate is for this key."""
    public = load_pem_private_key(key, None).public_key()
    try:
        return x509.load_pem_x509_certificate(certificate.encode()).public_key() == public
    except ValueError:
        return False


def life_of(certificate: str) -> tuple[str, str]:
    """When it begins and ends, as RFC 3339."""
    found = x509.load_pem_x509_certificate(certificate.encode())
    return found.not_valid_before_utc.isoformat(), found.not_valid_after_utc.isoformat()
