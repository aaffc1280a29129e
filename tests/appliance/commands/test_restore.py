"""``gatehouse restore``: into an empty folder, or onto a machine on which nothing lives yet."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import backup, keys, restore, verify
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import PRIVATE_KEY


@pytest.fixture
def file(sessions: sessionmaker[Session], tmp_path: Path, config: Path) -> Path:
    """A backup of a machine, and the lead's key beside it."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "appliance.key").write_bytes(PRIVATE_KEY)
    keys.main(["backup", str(tmp_path / "lead")])
    with sessions.begin() as session:
        oak = factories.school(session)
        incident, gate = factories.incident(session, oak), factories.device(session, oak)
        factories.capture(session, incident, gate, picture=Vault(tmp_path / "vault").put(b"picture"))
        factories.entry(session, oak)
    made = tmp_path / "backups" / "x.backup"
    made.parent.mkdir()
    public = str(tmp_path / "lead" / "backup.pub")
    assert backup.main(["--to", str(made), "--for", public, "--config", str(config)]) == 0
    return made


@pytest.fixture
def key(tmp_path: Path) -> list[str]:
    return ["--key", str(tmp_path / "lead" / "backup.key")]


def test_into_a_folder_of_its_own_where_it_verifies(
    file: Path, key: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restore.main([str(file), *key, "--into", str(tmp_path / "new")]) == 0
    said = capsys.readouterr().out
    assert "oak: 2 entries; the newest is " in said
    assert "vault: 1 pictures and pieces of evidence: whole" in said
    assert verify.main(["--config", str(tmp_path / "new" / "appliance.toml")]) == 0


def test_onto_a_new_machine_at_the_places_its_settings_name(
    file: Path, key: list[str], tmp_path: Path, config: Path
) -> None:
    onto = tmp_path / "machine"
    onto.mkdir()
    text = f'database = "sqlite:///{onto}/lib/gatehouse.db"\nvault = "lib/vault"\nprivate_key = "keys/appliance.key"\n'
    (onto / "appliance.toml").write_text(text)
    assert restore.main([str(file), *key, "--config", str(onto / "appliance.toml")]) == 0
    assert (onto / "keys" / "appliance.key").read_bytes() == PRIVATE_KEY
    assert (onto / "restored-settings" / "appliance.toml").read_text() == config.read_text()
    with pytest.raises(SystemExit):
        restore.main([str(file), *key, "--config", str(onto / "appliance.toml")])


def test_from_a_file_into_postgresql_and_back_where_each_time_it_verifies(
    file: Path,
    key: list[str],
    tmp_path: Path,
    new_database: Callable[[], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    onto, url = tmp_path / "machine", new_database()
    onto.mkdir()
    config = onto / "appliance.toml"
    config.write_text(f'database = "{url}"\nvault = "lib/vault"\nprivate_key = "keys/appliance.key"\n')
    assert restore.main([str(file), *key, "--config", str(config)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Restored: postgresql://gatehouse@/store")
    assert "oak: 2 entries; the newest is " in said
    again, public = tmp_path / "backups" / "again.backup", str(tmp_path / "lead" / "backup.pub")
    assert backup.main(["--to", str(again), "--for", public, "--config", str(config)]) == 0
    assert restore.main([str(again), *key, "--into", str(tmp_path / "new")]) == 0
    assert "oak: 3 entries; the newest is " in capsys.readouterr().out
    with pytest.raises(SystemExit):
        restore.main([str(again), *key, "--config", str(config), "--put-aside"])
    assert "has rows in organisations already" in capsys.readouterr().err


def test_a_machine_that_lives_is_not_touched(
    file: Path, key: list[str], config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (tmp_path / "gatehouse.db").read_bytes()
    with pytest.raises(SystemExit) as ended:
        restore.main([str(file), *key, "--config", str(config)])
    assert ended.value.code == 2
    assert "nothing is written over" in capsys.readouterr().err
    assert (tmp_path / "gatehouse.db").read_bytes() == before


def test_what_lives_is_put_aside_when_asked_and_nobody_has_it_open(
    sessions: sessionmaker[Session],
    file: Path,
    key: list[str],
    config: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    close_databases: Callable[[], None],
) -> None:
    aside = [str(file), *key, "--config", str(config), "--put-aside"]
    with sessions() as session:
        factories.school(session, "elm")  # somebody is at it
        with pytest.raises(SystemExit):
            restore.main(aside)
        assert "a program has it open; stop" in capsys.readouterr().err
    close_databases()
    assert restore.main(aside) == 0
    assert [each.name.startswith("gatehouse.db.before-") for each in tmp_path.glob("gatehouse.db.b*")] == [True]
    assert (tmp_path / "keys" / "appliance.pub").read_bytes() == bytes(PrivateKey(PRIVATE_KEY).public_key)
    assert verify.main(["--config", str(config)]) == 0


def test_a_file_that_was_cut_or_another_key_restores_nothing(
    file: Path, key: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.main(["backup", str(tmp_path / "other")])
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-100])
    for what, said in (
        ([str(cut), *key], "changed or cut"),
        ([str(file), "--key", str(tmp_path / "other" / "backup.key")], "it is not sealed to this key"),
    ):
        with pytest.raises(SystemExit):
            restore.main([*what, "--into", str(tmp_path / "new")])
        assert said in capsys.readouterr().err
        assert not (tmp_path / "new").exists()


def test_what_does_not_verify_is_restored_and_said(
    sessions: sessionmaker[Session],
    file: Path,
    key: list[str],
    config: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.rmtree(tmp_path / "vault")
    again = tmp_path / "backups" / "y.backup"
    backup.main(["--to", str(again), "--for", str(tmp_path / "lead" / "backup.pub"), "--config", str(config)])
    assert restore.main([str(again), *key, "--into", str(tmp_path / "new")]) == 1
    assert "BROKEN at capture obs-1" in capsys.readouterr().out
