"""The authority is made once, keeps its key to itself, and signs for devices and for this appliance alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance.agents.authority import DEVICE_LIFE, Authority, asked_key, asked_name, authority, new_key
from detection.settings import SettingsError
from tests.appliance.agents.device import csr
from tests.appliance.factories import NOON


@pytest.fixture
def made(tmp_path: Path) -> Authority:
    return authority(tmp_path / "authority", NOON)


def test_it_is_made_once_though_two_start_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: authority(tmp_path / "a", NOON).fingerprint, range(8)))
    assert len(set(found)) == 1
    assert stat.S_IMODE((tmp_path / "a" / "authority.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_a_device_gets_a_year_its_own_name_and_nothing_but_the_right_to_be_a_client(made: Authority) -> None:
    given = made.for_device(asked_key(csr(name="somebody-else")), "lab-07", NOON)
    given.verify_directly_issued_by(made.certificate)
    assert [str(each.value) for each in given.subject] == ["lab-07"]
    assert given.not_valid_after_utc == NOON + DEVICE_LIFE
    assert list(given.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.CLIENT_AUTH
    ]
    assert not given.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_nothing_outlives_the_authority(made: Authority) -> None:
    late = made.certificate.not_valid_after_utc - timedelta(days=3)
    assert made.for_device(asked_key(csr()), "lab-07", late).not_valid_after_utc == made.certificate.not_valid_after_utc


def test_the_appliance_is_met_under_names_and_addresses(made: Authority) -> None:
    given = made.for_server(new_key().public_key(), ["gate.oak.example", "10.0.0.1", "fd00::1"], NOON)
    names = given.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(each.value) for each in names} == {"gate.oak.example", "10.0.0.1", "fd00::1"}


@pytest.mark.parametrize(
    "key",
    [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP192R1()), None],
    ids=["ed25519", "small", "none"],
)
def test_a_request_with_a_key_that_is_not_taken_is_refused_in_words(key: object) -> None:
    asked = "-----BEGIN NOTHING-----" if key is None else _request(key)
    with pytest.raises(ValueError, match="csr: is not a request for a certificate"):
        asked_key(asked)


def test_rsa_is_taken_for_devices_whose_chip_knows_no_other() -> None:
    asked = csr(rsa.generate_private_key(public_exponent=65537, key_size=2048), "LAB 07")
    assert isinstance(asked_key(asked), rsa.RSAPublicKey)
    assert asked_name(asked) == "LAB 07"


def test_a_key_that_others_can_read_or_that_is_another_is_refused(tmp_path: Path) -> None:
    authority(tmp_path / "a", NOON)
    authority(tmp_path / "b", NOON)
    key = tmp_path / "a" / "authority.key"
    key.chmod(0o640)
    with pytest.raises(SettingsError, match="others can read it; chmod 600 it"):
        authority(tmp_path / "a", NOON)
    key.chmod(0o600)
    key.write_bytes((tmp_path / "b" / "authority.key").read_bytes())
    with pytest.raises(SettingsError, match="is not that of the certificate"):
        authority(tmp_path / "a", NOON)
    key.write_bytes(b"nothing")
    with pytest.raises(SettingsError, match="belong together"):
        authority(tmp_path / "a", NOON)


def _request(key: object) -> str:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    signed = x509.CertificateSigningRequestBuilder().subject_name(named).sign(key, digest)  # type: ignore[arg-type]
    return signed.public_bytes(Encoding.PEM).decode()
