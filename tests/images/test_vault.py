import hashlib
import stat
from pathlib import Path

import pytest

from images.vault import Vault, VaultError


def file_of(folder: Path, name: str) -> Path:
    return folder / name[:2] / name[2:4] / name


def test_what_is_put_in_comes_out_under_its_hash(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    name = vault.put(b"a page")
    assert name == hashlib.sha256(b"a page").hexdigest()
    assert vault.has(name)
    assert vault.get(name) == b"a page"


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    assert vault.put(b"a page") == vault.put(b"a page")
    assert len([f for f in tmp_path.rglob("*") if f.is_file()]) == 1


def test_nobody_but_the_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    file = file_of(folder, Vault(folder).put(b"a page"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(f.stat().st_mode) for f in (folder, file.parent.parent, file.parent)} == {0o700}


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    name = hashlib.sha256(b"never put").hexdigest()
    assert not vault.has(name)
    with pytest.raises(VaultError, match="not in the vault"):
        vault.get(name)


def test_damage_is_noticed_and_putting_it_again_repairs_it(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    name = vault.put(b"a page")
    file_of(tmp_path, name).write_bytes(b"a pagE")
    with pytest.raises(VaultError, match="damaged"):
        vault.get(name)
    vault.put(b"a page")
    assert vault.get(name) == b"a page"


@pytest.mark.parametrize(
    "name",
    ["", "..", "../../etc/passwd", "a" * 63, "a" * 65, "A" * 64, "a" * 64 + "\n", "/" + "a" * 63, "a" * 62 + "\0a"],
)
def test_a_hostile_name_never_reaches_the_disk(tmp_path: Path, name: str) -> None:
    vault = Vault(tmp_path)
    for ask in (vault.get, vault.has, vault.delete):
        with pytest.raises(VaultError, match="not the name"):
            ask(name)


def test_names_lists_what_is_kept_and_nothing_half_written(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    kept = {vault.put(content) for content in (b"one", b"two", b"three")}
    (file_of(tmp_path, vault.put(b"one")).parent / ".new-abc").write_bytes(b"half")
    assert list(vault.names()) == sorted(kept)


def test_a_vault_that_was_never_used_is_empty(tmp_path: Path) -> None:
    assert list(Vault(tmp_path / "nothing yet").names()) == []


def test_deleting_can_be_repeated(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    name = vault.put(b"a page")
    vault.delete(name)
    vault.delete(name)
    assert not vault.has(name)


def test_what_is_kept_is_found_by_how_its_name_begins(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    name = vault.put(b"a page")
    assert vault.begins(name[:12]) == vault.begins(name) == name
    for other in ("0" * 12, name[:11], f"{name[:4]}/../{name[:12]}", f"{name[:11]}*", ""):
        assert vault.begins(other) is None
