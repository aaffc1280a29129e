from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from proxy_addons.certificates.constraints import excluded_by
from proxy_addons.certificates.issuing import Issuer, certify, new_intermediate, new_key, new_root, request

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def root():
    return new_root("Hillside", NOW)


def test_an_intermediate_can_sign_for_hosts_but_make_no_further_authority(root):
    made = new_intermediate(root, "Hillside", NOW, ["bank.test"]).certificate
    extensions = made.extensions
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert extensions.get_extension_for_class(x509.NameConstraints).critical
    assert extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign


def test_of_a_request_only_key_name_and_exclusions_are_taken(root):
    key = new_key()
    asked = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=9), critical=True)
        .add_extension(x509.NameConstraints(None, [x509.DNSName("bank.test")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = certify(root, asked, NOW)
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert excluded_by(made) == ("bank.test",)
    assert made.public_key() == key.public_key()


def _asking(*extensions):
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())


@pytest.mark.parametrize("extensions", [(), ((x509.NameConstraints(None, [x509.DNSName("bank.test")]), False),)])
def test_a_request_without_exclusions_that_must_be_heeded_is_refused(root, extensions):
    with pytest.raises(ValueError, match="excludes no hosts"):
        certify(root, _asking(*extensions), NOW)


def test_a_schools_own_root_may_have_another_kind_of_key_and_a_name_of_its_own_for_it():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "School")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=100))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    for each in (builder, builder.add_extension(x509.SubjectKeyIdentifier(b"by hand"), critical=False)):
        own = Issuer(key, each.sign(key, hashes.SHA256()))
        made = certify(own, request(new_key(), "Hillside", NOW, ["bank.test"]), NOW)
        made.verify_directly_issued_by(own.certificate)
        assert made.not_valid_after_utc == NOW + timedelta(days=100)
    named = made.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert named.key_identifier == b"by hand"
