"""Make certificates: a root for ten years, an intermediate for one. Nothing here reads or writes a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from proxy_addons.certificates import constraints

ROOT_LIFE = timedelta(days=3652)
INTERMEDIATE_LIFE = timedelta(days=365)
CLOCK_SLACK = timedelta(days=2)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
"""Ours are of the first kind; a school's own root may be of the second."""
_PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class Issuer:
    key: Key
    certificate: x509.Certificate

    def pem(self) -> bytes:
        return pem_of_key(self.key) + self.certificate.public_bytes(Encoding.PEM)


def pem_of_key(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def new_root(school: str, now: datetime) -> Issuer:
    key, name = new_key(), _name(f"Gatehouse {school} Root")
    builder = _builder(name, name, key.public_key(), now, ROOT_LIFE, path_length=1)
    return Issuer(key, builder.sign(key, hashes.SHA256()))


def new_intermediate(root: Issuer, school: str, now: datetime, excluded: Iterable[str]) -> Issuer:
    key = new_key()
    return Issuer(key, certify(root, request(key, school, now, excluded), now))


def request(key: Key, school: str, now: datetime, excluded: Iterable[str]) -> x509.CertificateSigningRequest:
    """Asks for what the gateway will take: a name, and the hosts it must not be able to sign for."""
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(_name(f"Gatehouse {school} {now:%Y-%m-%d}"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_SIGNS_ONLY, critical=True)
        .add_extension(constraints.extension(excluded), critical=True)
        .sign(key, hashes.SHA256())
    )


def certify(root: Issuer, asked: x509.CertificateSigningRequest, now: datetime) -> x509.Certificate:
    """Of what is asked for, the key, the name and the exclusions are taken, and nothing else."""
    if not asked.is_signature_valid:
        raise ValueError("the request is damaged: its signature does not fit; make it again")
    if not (excluded := constraints.excluded_by(asked)):
        raise ValueError("the request excludes no hosts; an intermediate that may sign for banks is not made here")
    public = asked.public_key()
    if not isinstance(public, _PublicKey):
        raise ValueError("the request is for a kind of key that gateways do not use")
    life = min(INTERMEDIATE_LIFE, root.certificate.not_valid_after_utc - now)
    builder = _builder(asked.subject, root.certificate.subject, public, now, life, path_length=0)
    return (
        builder.add_extension(_issued_by(root.certificate), critical=False)
        .add_extension(constraints.extension(excluded), critical=True)
        .sign(root.key, hashes.SHA256())
    )


def _issued_by(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    """By the name the root gives its own key, which a school's root may have made up in another way than ours."""
    try:
        named = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        public = root.public_key()
        assert isinstance(public, _PublicKey)  # noqa: S101 - the public half of an Issuer's key
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(public)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(named.value)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: _PublicKey, now: datetime, life: timedelta, *, path_length: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + life)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_SIGNS_ONLY, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
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
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, " ".join(common.split())[:64])])
