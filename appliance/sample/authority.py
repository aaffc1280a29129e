"""The sample web's own certificate authority: made once, kept in the data folder, trusted by the gateway alone."""

import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.key_usage import key_usage
from detection.private_file import replace_privately

LIFETIME = timedelta(days=365)
RENEW_BEFORE = timedelta(days=7)


class Authority:
    """One root and one server certificate for all host names, as PEM files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "sample-web-root.pem"
        self._server = folder / "sample-web-server.pem"

    def prepare(self, hosts: Sequence[str], now: datetime) -> None:
        """Make both certificates unless those there still serve these names for a while."""
        if self._still_good(hosts, now):
            return
        self.root.parent.mkdir(parents=True, exist_ok=True)
        root_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _root(root_key, now)
        server = _server(hosts, server_key, root, root_key, now)
        # With the root in what is presented, a browser can be told to take it by its key alone.
        chain = [certificate.public_bytes(serialization.Encoding.PEM) for certificate in (server, root)]
        self.root.write_bytes(chain[-1])
        replace_privately(self._server, b"".join((_pem(server_key), *chain)))

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._server)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _still_good(self, hosts: Sequence[str], now: datetime) -> bool:
        if not (self.root.exists() and self._server.exists()):
            return False
        certificate = x509.load_pem_x509_certificate(self._server.read_bytes())
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return (
            set(hosts) <= set(names.get_values_for_type(x509.DNSName))
            and certificate.not_valid_after_utc > now + RENEW_BEFORE
        )


def _root(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name("Gatehouse sample web root")
    return (
        _builder(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _server(
    hosts: Sequence[str],
    key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    return (
        _builder(_name("Gatehouse sample web"), root.subject, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFETIME)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
