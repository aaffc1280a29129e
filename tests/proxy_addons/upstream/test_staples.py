from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from proxy_addons.upstream.staples import says_revoked
from tests.proxy_addons.upstream.issuing import DAY, Issuer

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture(scope="module")
def leaf(issuer):
    return issuer.leaf("shop.test")


def test_an_issuer_that_says_so_is_believed(issuer, leaf):
    assert says_revoked(issuer.staple(leaf), [leaf, issuer.certificate], NOW)
    assert not says_revoked(issuer.staple(leaf, good=True), [leaf, issuer.certificate], NOW)


def test_one_charged_by_the_issuer_is_believed_too(issuer, leaf):
    assert says_revoked(issuer.staple(leaf, signer=issuer.charged()), [leaf, issuer.certificate], NOW)


@pytest.mark.parametrize(
    "doubtful",
    [
        lambda issuer, leaf: issuer.staple(leaf, end=-DAY / 2),
        lambda issuer, leaf: issuer.staple(leaf, start=DAY, end=2 * DAY),
        lambda issuer, leaf: issuer.staple(issuer.leaf("other.test")),
        lambda issuer, leaf: issuer.staple(leaf, signer=issuer.charged(ExtendedKeyUsageOID.SERVER_AUTH)),
        lambda issuer, leaf: issuer.staple(leaf, signer=issuer.charged(end=-DAY / 2)),
        lambda issuer, leaf: issuer.staple(leaf, signer=Issuer().charged()),
        lambda issuer, leaf: Issuer().staple(leaf, about=issuer),
        lambda issuer, leaf: Issuer("Another").staple(leaf),
        lambda issuer, leaf: issuer.staple(leaf)[:-5] + b"wrong",
        lambda issuer, leaf: b"nonsense",
        lambda issuer, leaf: b"",
        lambda issuer, leaf: bytes.fromhex("30030a0106"),  # "unauthorized", which some responders give
    ],
)
def test_what_is_old_forged_or_about_another_proves_nothing(issuer, leaf, doubtful):
    assert not says_revoked(doubtful(issuer, leaf), [leaf, issuer.certificate], NOW)


def test_without_the_issuer_nothing_is_proved(issuer, leaf):
    assert not says_revoked(issuer.staple(leaf), [leaf], NOW)


def test_an_issuer_with_an_rsa_key(leaf):
    issuer = Issuer()
    issuer.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer.certificate = (
        x509.CertificateBuilder()
        .subject_name(issuer.certificate.subject)
        .issuer_name(issuer.certificate.subject)
        .public_key(issuer.key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
        .sign(issuer.key, hashes.SHA256())
    )
    signed = issuer.leaf("shop.test")
    assert says_revoked(issuer.staple(signed), [signed, issuer.certificate], NOW)
