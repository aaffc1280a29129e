import ssl
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from mitmproxy.certs import CertStore

from proxy_addons.authority import authority

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def certificates(folder: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates((folder / "mitmproxy-ca.pem").read_bytes())


def test_the_first_start_makes_a_root_for_ten_years_and_an_intermediate_for_one(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", NOW)
    root = x509.load_pem_x509_certificate(made.root.read_bytes())
    intermediate, above = certificates(tmp_path / "ca")
    assert root.subject.rfc4514_string() == "CN=Gatehouse Hillside Root"
    assert above == root
    assert root.not_valid_after_utc > NOW + timedelta(days=3650)
    assert intermediate.not_valid_after_utc == NOW + timedelta(days=365)
    constraints = intermediate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)
    intermediate.verify_directly_issued_by(root)


def test_only_the_owner_can_read_the_keys(tmp_path):
    folder = authority(tmp_path / "ca", "Hillside", NOW).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("mitmproxy-ca.pem", "root-key.pem"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_a_second_start_uses_the_same_keys(tmp_path):
    folder = authority(tmp_path / "ca", "Hillside", NOW).folder
    before = {f.name: f.read_bytes() for f in folder.iterdir()}
    authority(folder, "Hillside", NOW + timedelta(days=200))
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == before


def test_an_ageing_intermediate_is_replaced_under_the_same_root(tmp_path):
    folder = authority(tmp_path / "ca", "Hillside", NOW).folder
    old, root = certificates(folder)
    authority(folder, "Hillside", NOW + timedelta(days=310))
    new, same = certificates(folder)
    assert same == root
    assert new.not_valid_after_utc > old.not_valid_after_utc
    new.verify_directly_issued_by(root)


def test_starts_at_the_same_moment_agree_on_one_authority(tmp_path):
    start = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from proxy_addons.authority import "
        "authority; print(authority(Path(sys.argv[1]), 'Hillside', datetime.now(UTC)).root.read_text())"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", start, str(tmp_path / "ca")], stdout=subprocess.PIPE) for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0, 0, 0]


def test_mitmproxy_signs_leaves_that_chain_to_the_root(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", datetime.now(UTC))
    store = CertStore.from_store(made.folder, "mitmproxy", 2048)
    entry = store.get_cert("shop.test", [x509.DNSName("shop.test")])
    intermediate, root = certificates(made.folder)
    entry.cert._cert.verify_directly_issued_by(intermediate)
    assert [c._cert for c in store.default_chain_certs] == [intermediate, root]
    assert not (made.folder / "mitmproxy-ca-cert.p12").exists()


def test_a_browser_can_read_the_root(tmp_path):
    made = authority(tmp_path / "ca", "A school with a name that goes on for a good deal longer than sixty-four", NOW)
    assert ssl.create_default_context(cafile=str(made.root)).get_ca_certs()
