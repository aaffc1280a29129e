import os
import stat
from datetime import UTC, datetime

import pytest

from proxy_addons.certificates.authority import install
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import new_intermediate, new_root, pem_of_key

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "ca")
    made.make()
    return made


def test_there_is_always_a_whole_intermediate_to_read(folder):
    root = new_root("Hillside", NOW)
    folder.root.write_bytes(root.pem())
    assert folder.current() is None
    places = []
    for _ in range(2):
        made = new_intermediate(root, "Hillside", NOW, ["bank.test"])
        install(folder, made.key, made.certificate)
        assert folder.intermediate() == made.certificate
        places.append(folder.current())
    assert places[0] != places[1]
    assert all((place / "mitmproxy-ca.pem").exists() for place in places)


def test_a_file_is_replaced_with_its_mode_and_leaves_nothing_beside_it(folder):
    folder.replace(folder.root_key, b"one", 0o644)
    folder.replace(folder.root_key, b"two", 0o600)
    assert folder.root_key.read_bytes() == b"two"
    assert stat.S_IMODE(folder.root_key.stat().st_mode) == 0o600
    assert {f.name for f in folder.path.iterdir()} == {"root-key.pem", "CACHEDIR.TAG"}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_root_makes_belongs_to_the_gateways_user(tmp_path):
    os.chown(tmp_path, 12345, 12345)
    folder = Folder(tmp_path / "ca")
    folder.make()
    root = new_root("Hillside", NOW)
    folder.replace(folder.root_key, pem_of_key(root.key), 0o600)
    folder.replace(folder.root, root.pem(), 0o644)
    made = new_intermediate(root, "Hillside", NOW, ["bank.test"])
    with folder.lock():
        install(folder, made.key, made.certificate)
    assert {f.lstat().st_uid for f in (folder.path, *folder.path.rglob("*"))} == {12345}
