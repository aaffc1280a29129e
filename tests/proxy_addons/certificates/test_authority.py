import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from mitmproxy.certs import CertStore

from detection.never_backed_up import is_marked
from detection.settings import SettingsError
from proxy_addons.certificates import root_key
from proxy_addons.certificates.authority import authority
from proxy_addons.certificates.constraints import excluded_by
from proxy_addons.certificates.folder import Folder

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
BANKS = ("bank.test", "nhs.test")


def certificates(made):
    return x509.load_pem_x509_certificates((made.confdir / "mitmproxy-ca.pem").read_bytes())


def contents(folder):
    return {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_the_first_start_makes_a_root_for_ten_years_and_an_intermediate_for_one(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    root = x509.load_pem_x509_certificate(made.root.read_bytes())
    intermediate, above = certificates(made)
    assert root.subject.rfc4514_string() == "CN=Gatehouse Hillside Root"
    assert above == root
    assert root.not_valid_after_utc > NOW + timedelta(days=3650)
    assert intermediate.not_valid_after_utc == NOW + timedelta(days=365)
    assert excluded_by(intermediate) == BANKS
    constraints = intermediate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    intermediate.verify_directly_issued_by(root)


def test_only_the_owner_can_read_the_keys_and_no_backup_takes_them(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    assert stat.S_IMODE((tmp_path / "ca").stat().st_mode) == 0o700
    for file in (made.confdir / "mitmproxy-ca.pem", tmp_path / "ca" / "root-key.pem"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert is_marked(tmp_path / "ca")


def test_a_second_start_uses_the_same_keys(tmp_path):
    authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    before = contents(tmp_path)
    authority(tmp_path / "ca", "Hillside", NOW + timedelta(days=200), BANKS)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("later", "excluded"), [(timedelta(days=310), BANKS), (timedelta(days=1), (*BANKS, "helpline.test"))]
)
def test_one_that_ages_or_excludes_other_hosts_than_the_lists_is_replaced_under_the_same_root(
    tmp_path, later, excluded
):
    old, root = certificates(authority(tmp_path / "ca", "Hillside", NOW, BANKS))
    new, same = certificates(authority(tmp_path / "ca", "Hillside", NOW + later, excluded))
    assert same == root
    assert new.not_valid_after_utc > old.not_valid_after_utc
    assert excluded_by(new) == excluded
    new.verify_directly_issued_by(root)


def test_the_one_before_is_kept_for_workers_that_still_use_it_and_its_key_goes_a_day_later(tmp_path):
    now = datetime.now(UTC)
    old = authority(tmp_path / "ca", "Hillside", now, BANKS[:1]).confdir
    new = authority(tmp_path / "ca", "Hillside", now, BANKS).confdir
    assert old.exists()
    authority(tmp_path / "ca", "Hillside", now + timedelta(hours=25), BANKS)
    assert (old.exists(), new.exists()) == (False, True)


def test_without_the_roots_key_what_is_there_is_used_as_long_as_it_is_valid(tmp_path):
    authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    root_key.seal(Folder(tmp_path / "ca"), b"correct horse battery")
    made = authority(tmp_path / "ca", "Hillside", NOW + timedelta(days=364), (*BANKS, "new.test"))
    assert (made.standing.root_key, made.standing.outdated) == ("sealed", True)
    assert made.standing.due(NOW + timedelta(days=364))
    with pytest.raises(SettingsError, match="gatehouse authority intermediate"):
        authority(tmp_path / "ca", "Hillside", NOW + timedelta(days=366), BANKS)


def test_a_root_that_is_lost_while_its_sealed_key_is_here_is_not_made_anew(tmp_path):
    root = authority(tmp_path / "ca", "Hillside", NOW, BANKS).root
    root_key.seal(Folder(tmp_path / "ca"), b"correct horse battery")
    root.unlink()
    with pytest.raises(SettingsError, match="bring the certificate back"):
        authority(tmp_path / "ca", "Hillside", NOW, BANKS)


def test_an_intermediate_lasts_no_longer_than_its_root_and_is_then_not_renewed_for_ever(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    late = made.standing.root_expires - timedelta(days=30)
    last = authority(tmp_path / "ca", "Hillside", late, BANKS)
    assert last.standing.expires == made.standing.root_expires
    assert authority(tmp_path / "ca", "Hillside", late + timedelta(days=1), BANKS).confdir == last.confdir


def test_a_file_of_a_version_before_that_could_sign_for_anybody_is_removed(tmp_path):
    (tmp_path / "ca").mkdir()
    (tmp_path / "ca" / "mitmproxy-ca.pem").write_text("old key")
    authority(tmp_path / "ca", "Hillside", NOW, BANKS)
    assert not (tmp_path / "ca" / "mitmproxy-ca.pem").exists()


def test_starts_at_the_same_moment_agree_on_one_authority(tmp_path):
    start = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from "
        "proxy_addons.certificates.authority import authority; "
        "made = authority(Path(sys.argv[1]), 'Hillside', datetime.now(UTC), ['bank.test']); "
        "print(made.root.read_text(), made.confdir)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", start, str(tmp_path / "ca")], stdout=subprocess.PIPE) for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0, 0, 0]


def test_mitmproxy_signs_leaves_that_chain_to_the_root_and_last_no_longer_than_browsers_take(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", datetime.now(UTC), BANKS)
    store = CertStore.from_store(made.confdir, "mitmproxy", 2048)
    leaf = store.get_cert("shop.test", [x509.DNSName("shop.test")]).cert._cert
    intermediate, root = certificates(made)
    leaf.verify_directly_issued_by(intermediate)
    assert [c._cert for c in store.default_chain_certs] == [intermediate, root]
    assert not (made.confdir / "mitmproxy-ca-cert.p12").exists()
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=398)
    assert leaf.not_valid_before_utc < datetime.now(UTC)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["shop.test"]
    assert ExtendedKeyUsageOID.SERVER_AUTH in leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value


def test_a_browser_can_read_the_root(tmp_path):
    made = authority(
        tmp_path / "ca", "A school with a name that goes on for a good deal longer than sixty-four", NOW, BANKS
    )
    assert ssl.create_default_context(cafile=str(made.root)).get_ca_certs()
