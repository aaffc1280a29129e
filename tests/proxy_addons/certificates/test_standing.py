import json
from datetime import UTC, datetime, timedelta

from cryptography import x509

from proxy_addons.certificates.authority import authority
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import new_root
from proxy_addons.certificates.standing import fingerprint, standing

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_it_says_until_when_and_for_whom_it_cannot_sign(tmp_path):
    authority(tmp_path / "ca", "Hillside", NOW, ["bank.test"])
    found = standing(Folder(tmp_path / "ca"), ["bank.test"])
    assert (found.name, found.excluded, found.outdated) == ("Gatehouse Hillside 2026-09-01", 1, False)
    assert found.expires == NOW + timedelta(days=365)
    assert not found.due(NOW + timedelta(days=300))
    assert found.due(NOW + timedelta(days=306))
    assert standing(Folder(tmp_path / "ca"), ["bank.test", "nhs.test"]).due(NOW)


def test_the_status_file_gets_figures_and_no_host(tmp_path):
    made = authority(tmp_path / "ca", "Hillside", NOW, ["bank.test"])
    written = json.dumps(made.standing.as_status())
    assert "bank" not in written
    assert json.loads(written)["root_key"] == "here"


def test_without_a_root_or_with_another_nothing_can_sign(tmp_path):
    folder = Folder(tmp_path / "ca")
    folder.make()
    assert standing(folder, []) is None
    authority(folder.path, "Hillside", NOW, ["bank.test"])
    folder.root.write_bytes(new_root("Elsewhere", NOW).pem())
    assert standing(folder, []) is None


def test_the_fingerprint_is_written_as_browsers_show_it(tmp_path):
    root = authority(tmp_path / "ca", "Hillside", NOW, ["bank.test"]).root
    shown = fingerprint(x509.load_pem_x509_certificate(root.read_bytes()))
    assert len(shown.split(":")) == 32
    assert shown == shown.upper()
