"""Nothing that lives is written over, and what is not finished leaves nothing behind."""

from pathlib import Path

import pytest

from appliance.backup import places
from tests.appliance.backup.conftest import Machine


def test_only_an_empty_folder_will_do(tmp_path: Path) -> None:
    places.within(tmp_path / "new").must_be_free()
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "note").touch()
    with pytest.raises(ValueError, match="used: is not an empty folder"):
        places.within(tmp_path / "used")


def test_a_machine_that_lives_is_not_written_over(machine: Machine) -> None:
    with pytest.raises(ValueError, match="is there already, and nothing is written over"):
        places.of(machine.settings, machine.folder / "etc" / "appliance.toml").must_be_free()


def test_what_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    to = places.within(tmp_path / "new")

    def half() -> None:
        with places.drafts(to) as made:
            made.database.write_bytes(b"half")
            made.vault.mkdir()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []


def test_what_succeeds_is_in_place_under_its_own_name(tmp_path: Path) -> None:
    to = places.within(tmp_path / "new")
    with places.drafts(to) as made:
        made.database.write_bytes(b"all")
        made.keys["appliance.key"].write_bytes(b"k")
    assert to.database.read_bytes() == b"all"
    assert to.keys["appliance.key"].read_bytes() == b"k"
    assert list((tmp_path / "new").rglob(".restoring-*")) == []
