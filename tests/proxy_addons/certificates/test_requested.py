from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from proxy_addons.certificates import requested
from proxy_addons.certificates.authority import authority
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import certify, new_root

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
BANKS = ("bank.test", "nhs.test")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "ca")


@pytest.fixture(scope="module")
def elsewhere():
    return new_root("Trust", NOW)


@pytest.fixture
def root(tmp_path, elsewhere):
    file = tmp_path / "root.pem"
    file.write_bytes(elsewhere.certificate.public_bytes(Encoding.PEM))
    return file


def signed(tmp_path, by, asked, now=NOW, encoding=Encoding.PEM):
    file = tmp_path / "signed.pem"
    file.write_bytes(certify(by, x509.load_pem_x509_csr(asked), now).public_bytes(encoding))
    return file


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_what_was_asked_for_is_taken_up_and_the_roots_key_was_never_here(folder, tmp_path, elsewhere, root, encoding):
    answer = signed(tmp_path, elsewhere, requested.ask(folder, "Hillside", NOW, BANKS), encoding=encoding)
    requested.answer(folder, answer, root, NOW, BANKS)
    assert folder.intermediate().issuer == elsewhere.certificate.subject
    assert not folder.waiting_key.exists()
    assert not folder.root_key.exists()


def test_the_next_one_needs_no_root_and_another_root_is_refused(folder, tmp_path, elsewhere, root):
    for given in (root, None):
        answer = signed(tmp_path, elsewhere, requested.ask(folder, "Hillside", NOW, BANKS))
        requested.answer(folder, answer, given, NOW, BANKS)
    root.write_bytes(new_root("Other", NOW).certificate.public_bytes(Encoding.PEM))
    answer = signed(tmp_path, elsewhere, requested.ask(folder, "Hillside", NOW, BANKS))
    with pytest.raises(ValueError, match="is another root than"):
        requested.answer(folder, answer, root, NOW, BANKS)


def test_where_devices_trust_another_root_it_takes_the_place_of_the_one_that_is_here(folder, tmp_path, elsewhere, root):
    authority(folder.path, "Hillside", NOW, BANKS)
    answer = signed(tmp_path, elsewhere, requested.ask(folder, "Hillside", NOW, BANKS))
    with pytest.raises(ValueError, match="say --other-root"):
        requested.answer(folder, answer, root, NOW, BANKS)
    requested.answer(folder, answer, root, NOW, BANKS, other_root=True)
    assert folder.root.read_bytes() == root.read_bytes()
    assert not folder.root_key.exists()
    assert authority(folder.path, "Hillside", NOW, BANKS).standing.root_key == "away"


def test_asked_twice_before_the_answer_either_will_do(folder, tmp_path, elsewhere, root):
    first = requested.ask(folder, "Hillside", NOW, BANKS)
    requested.ask(folder, "Hillside", NOW, BANKS)
    requested.answer(folder, signed(tmp_path, elsewhere, first), root, NOW, BANKS)
    assert folder.intermediate()


@pytest.mark.parametrize(
    ("excluded", "later", "by_another", "why"),
    [
        (BANKS, timedelta(days=400), False, "is not valid now"),
        (BANKS[:1], timedelta(), False, "does not exclude 1 of the 2 hosts that must not be opened, such as nhs.test"),
        (BANKS, timedelta(), True, "is not signed by CN=Gatehouse Trust Root"),
    ],
)
def test_an_answer_that_will_not_do_changes_nothing(
    folder, tmp_path, elsewhere, root, excluded, later, by_another, why
):
    by = new_root("Other", NOW) if by_another else elsewhere
    answer = signed(tmp_path, by, requested.ask(folder, "Hillside", NOW, excluded))
    with pytest.raises(ValueError, match=why):
        requested.answer(folder, answer, root, NOW + later, BANKS)
    assert folder.current() is None
    assert folder.waiting_key.exists()


def test_what_nobody_asked_for_is_refused(folder, tmp_path, elsewhere, root):
    other = requested.ask(Folder(tmp_path / "other"), "Hillside", NOW, BANKS)
    with pytest.raises(ValueError, match="nothing was asked for"):
        requested.answer(folder, signed(tmp_path, elsewhere, other), root, NOW, BANKS)
    requested.ask(folder, "Hillside", NOW, BANKS)
    with pytest.raises(ValueError, match="not for the key that was asked for"):
        requested.answer(folder, signed(tmp_path, elsewhere, other), root, NOW, BANKS)
    answer = signed(tmp_path, elsewhere, requested.ask(folder, "Hillside", NOW, BANKS))
    with pytest.raises(ValueError, match="give the certificate that devices trust with --root"):
        requested.answer(folder, answer, None, NOW, BANKS)


def test_a_certificate_that_is_no_authority_is_refused(folder, tmp_path, elsewhere, root):
    requested.ask(folder, "Hillside", NOW, BANKS)
    with pytest.raises(ValueError, match=r"root\.pem: is not for the key"):
        requested.answer(folder, root, root, NOW, BANKS)
    (tmp_path / "no.pem").write_text("nothing")
    with pytest.raises(ValueError, match=r"no\.pem: is not a certificate"):
        requested.answer(folder, tmp_path / "no.pem", root, NOW, BANKS)
