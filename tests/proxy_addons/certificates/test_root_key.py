import subprocess
from datetime import UTC, datetime

import pytest
from cryptography import x509

from proxy_addons.certificates import root_key
from proxy_addons.certificates.authority import authority
from proxy_addons.certificates.folder import Folder

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@pytest.fixture
def folder(tmp_path):
    authority(tmp_path / "ca", "Hillside", NOW, ["bank.test"])
    return Folder(tmp_path / "ca")


def certificate(folder):
    return x509.load_pem_x509_certificate(folder.root.read_bytes())


def test_a_sealed_key_opens_with_its_passphrase_alone_and_no_plain_copy_is_left(folder):
    plain = folder.root_key.read_bytes()
    assert root_key.place(folder) == "here"
    root_key.seal(folder, PASSPHRASE)
    assert (root_key.place(folder), folder.root_key.exists()) == ("sealed", False)
    assert root_key.load(folder.sealed_key, certificate(folder), PASSPHRASE).certificate == certificate(folder)
    for wrong in (None, b"another passphrase"):
        with pytest.raises(ValueError, match="passphrase"):
            root_key.load(folder.sealed_key, certificate(folder), wrong)
    assert not any(plain[40:80] in f.read_bytes() for f in folder.path.rglob("*") if f.is_file())


def test_it_is_sealed_with_a_function_that_is_slow_to_guess(folder):
    root_key.seal(folder, PASSPHRASE)
    shown = subprocess.run(
        ["openssl", "asn1parse", "-in", str(folder.sealed_key)], capture_output=True, check=True
    ).stdout
    assert b":scrypt" in shown
    assert b":aes-256-cbc" in shown


@pytest.mark.parametrize("sealed_before", [True, False])
def test_taken_off_it_is_in_the_file_alone_and_can_be_given_back(folder, tmp_path, sealed_before):
    if sealed_before:
        root_key.seal(folder, PASSPHRASE)
    root_key.take_off(folder, tmp_path / "stick.pem", None if sealed_before else PASSPHRASE)
    assert root_key.place(folder) == "away"
    assert (tmp_path / "stick.pem").stat().st_mode & 0o777 == 0o600
    assert root_key.load(tmp_path / "stick.pem", certificate(folder), PASSPHRASE)


def test_a_key_in_the_open_does_not_leave_without_a_passphrase_and_writes_over_nothing(folder, tmp_path):
    (tmp_path / "stick.pem").write_text("something else")
    with pytest.raises(ValueError, match="sealed or not at all"):
        root_key.take_off(folder, tmp_path / "other.pem", None)
    with pytest.raises(FileExistsError):
        root_key.take_off(folder, tmp_path / "stick.pem", PASSPHRASE)
    assert root_key.place(folder) == "here"


@pytest.mark.parametrize("passphrase", [b"", b"short", b"two lines of\nmany characters"])
def test_a_poor_passphrase_is_refused_and_the_key_stays(folder, passphrase):
    with pytest.raises(ValueError, match="at least 12 characters"):
        root_key.seal(folder, passphrase)
    assert root_key.place(folder) == "here"


def test_another_roots_key_is_named(folder, tmp_path):
    other = Folder(tmp_path / "other")
    authority(other.path, "Elsewhere", NOW, ["bank.test"])
    with pytest.raises(ValueError, match="is not the key of CN=Gatehouse Hillside Root"):
        root_key.load(other.root_key, certificate(folder))
    (tmp_path / "no.pem").write_text("nothing")
    with pytest.raises(ValueError, match="not a key"):
        root_key.load(tmp_path / "no.pem", certificate(folder))
