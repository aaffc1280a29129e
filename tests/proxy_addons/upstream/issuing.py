"""An authority for origins of tests, which issues what is good and what is not, and revokes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass
class Issuer:
    """Signs itself, unless it has one above it."""

    common: str = "Issuer of the test's web"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.certificate = (
            self._builder(name(self.common), self.key.public_key(), self.now - 9 * DAY, self.now + 90 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def leaf(
        self,
        *hosts: str,
        start: timedelta = -DAY,
        end: timedelta = 30 * DAY,
        key: ec.EllipticCurvePrivateKey | None = None,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        builder = self._builder(name(hosts[0]), (key or self.key).public_key(), self.now + start, self.now + end)
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
        if purpose:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def origin(self, file: Path, *hosts: str, start: timedelta = -DAY, end: timedelta = 30 * DAY) -> x509.Certificate:
        """Write a key and its certificate into ``file``."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self.leaf(*hosts, start=start, end=end, key=key)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(pem + made.public_bytes(Encoding.PEM))
        return made

    def revocations(self, *revoked: x509.Certificate, start: timedelta = -DAY, end: timedelta = DAY) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(self.now + start).next_update(self.now + end)
        for certificate in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(self.now)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def staple(
        self,
        certificate: x509.Certificate,
        *,
        good: bool = False,
        start: timedelta = -DAY,
        end: timedelta = DAY,
        signer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
        about: "Issuer | None" = None,
    ) -> bytes:
        by, key = signer or (self.certificate, self.key)
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=(about or self).certificate,
            algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.GOOD if good else ocsp.OCSPCertStatus.REVOKED,
            this_update=self.now + start,
            next_update=self.now + end,
            revocation_time=None if good else self.now - DAY,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by)
        if signer:
            builder = builder.certificates([by])
        return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)

    def charged(
        self, purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.OCSP_SIGNING, end: timedelta = DAY
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """One who may say for the issuer what is revoked."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self.leaf("ocsp.test", key=key, purpose=purpose, end=end), key

    def _builder(
        self, subject: x509.Name, public: ec.EllipticCurvePublicKey, start: datetime, end: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name(self.common))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
        )
