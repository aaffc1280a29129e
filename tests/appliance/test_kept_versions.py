import hashlib
from pathlib import Path

import pytest

from appliance import kept_versions
from detection.model.second_opinion import SecondOpinion
from images.vault import Vault, VaultError
from tests.detection.libraries import a, library

SHIPPED = library(a("go away", hits=("go away",)), a("get lost", hits=("get lost",)))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path / "vault")
    kept_versions.keep(made, SHIPPED)
    return made


def test_a_library_is_found_by_the_version_detections_name(vault: Vault) -> None:
    kept = kept_versions.library(vault, SHIPPED.version)
    assert kept is not None
    assert (kept.version, set(kept.phrases)) == (SHIPPED.version, set(SHIPPED.phrases))
    assert kept_versions.library(vault, "0" * 12) is None
    assert kept_versions.library(vault, "l1") is None


def test_an_earlier_one_stays_when_another_comes(vault: Vault) -> None:
    kept_versions.keep(vault, library(a("another", hits=("another",))))
    assert kept_versions.library(vault, SHIPPED.version) is not None


def test_the_model_is_found_and_reads_as_the_one_it_is(vault: Vault) -> None:
    now = SecondOpinion()
    kept = kept_versions.model(vault, now.version)
    assert kept is not None
    assert (kept.version, kept.read("nobody likes you")) == (now.version, now.read("nobody likes you"))
    assert kept_versions.model(vault, "0" * 12) is None


def test_one_that_was_changed_is_not_taken_for_what_it_was(vault: Vault, tmp_path: Path) -> None:
    name = hashlib.sha256(SHIPPED.canonical).hexdigest()
    (tmp_path / "vault" / name[:2] / name[2:4] / name).write_bytes(b"{}")
    with pytest.raises(VaultError, match="damaged"):
        kept_versions.library(vault, SHIPPED.version)
