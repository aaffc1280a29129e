from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from detection.settings import SettingsError
from proxy_addons.upstream.revocation import RevocationLists
from tests.proxy_addons.upstream.issuing import DAY, Issuer

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture(scope="module")
def leaf(issuer):
    return issuer.leaf("shop.test")


@pytest.mark.parametrize("form", ["pem", "der", "two in one file", "folder"])
def test_what_is_on_a_list_of_its_issuer_is_revoked(tmp_path, issuer, leaf, form):
    listed = issuer.revocations(leaf)
    if form == "der":
        listed = x509.load_pem_x509_crl(listed).public_bytes(Encoding.DER)
    if form == "two in one file":
        listed = Issuer("Another").revocations() + listed
    (tmp_path / "list.crl").write_bytes(listed)
    lists = RevocationLists(tmp_path if form == "folder" else tmp_path / "list.crl")
    assert lists.names([leaf, issuer.certificate])
    assert not lists.names([issuer.leaf("shop.test"), issuer.certificate])
    assert not lists.names([issuer.certificate])


def test_a_list_that_another_signed_in_the_issuers_name_says_nothing(tmp_path, issuer, leaf):
    (tmp_path / "list.crl").write_bytes(Issuer(issuer.common).revocations(leaf))
    assert not RevocationLists(tmp_path).names([leaf, issuer.certificate])


def test_an_old_list_counts_and_is_told_of(tmp_path, issuer, leaf):
    (tmp_path / "old.crl").write_bytes(issuer.revocations(leaf, start=-9 * DAY, end=-DAY))
    (tmp_path / "new.crl").write_bytes(Issuer("Another").revocations())
    lists = RevocationLists(tmp_path)
    assert lists.names([leaf, issuer.certificate])
    assert lists.status(NOW) == {"lists": 2, "expired": 1}
    assert lists.status(NOW - timedelta(days=2)) == {"lists": 2, "expired": 0}


def test_a_changed_list_is_taken_up_and_a_broken_one_leaves_things_as_they_were(tmp_path, issuer, leaf):
    file = tmp_path / "list.crl"
    file.write_bytes(issuer.revocations())
    lists = RevocationLists(file)
    assert not lists.names([leaf, issuer.certificate])
    file.write_bytes(issuer.revocations(leaf))
    lists.refresh()
    assert lists.names([leaf, issuer.certificate])
    file.write_text("nonsense")
    with pytest.raises(SettingsError, match=r"list\.crl: is not a list"):
        lists.refresh()
    assert lists.names([leaf, issuer.certificate])


def test_a_list_that_is_not_there_stops_the_start(tmp_path):
    with pytest.raises(SettingsError, match=r"revocation_lists: .*missing: No such file"):
        RevocationLists(tmp_path / "missing")


def test_without_lists_nothing_is_revoked(issuer, leaf):
    lists = RevocationLists(None)
    assert not lists
    assert not lists.names([leaf, issuer.certificate])
    assert lists.status(NOW) == {"lists": 0, "expired": 0}
