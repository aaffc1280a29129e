"""``gatehouse backup``."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import backup, keys
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import PRIVATE_KEY


@pytest.fixture(autouse=True)
def stored(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "appliance.key").write_bytes(PRIVATE_KEY)
    keys.main(["backup", str(tmp_path / "lead")])
    with sessions.begin() as session:
        factories.entry(session, factories.school(session))
    Vault(tmp_path / "vault").put(b"picture")


@pytest.fixture
def end(config: Path, tmp_path: Path) -> list[str]:
    return ["--for", str(tmp_path / "lead" / "backup.pub"), "--config", str(config)]


def test_one_is_made_checked_and_only_whole_ones_pass(
    end: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "x.backup", str(tmp_path / "lead" / "backup.key")
    assert backup.main(["--to", str(file), *end]) == 0
    assert "1 pictures and pieces of evidence, read again and whole." in capsys.readouterr().out
    assert backup.main(["--check", str(file), "--key", key]) == 0
    assert backup.main(["--check", str(file)]) == 0
    assert "seen only with one of them (--key)" in capsys.readouterr().out
    file.write_bytes(file.read_bytes()[:-20])
    assert backup.main(["--check", str(file), "--key", key]) == 1
    assert "it was changed or cut" in capsys.readouterr().err


def test_in_a_folder_it_is_named_and_old_ones_go(end: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [folder / f"gatehouse-2026030{day}T120000Z.backup" for day in (1, 2, 3)]
    for file in old:
        file.touch()
    assert backup.main(["--to", str(folder), "--keep", "2", *end]) == 0
    kept = sorted(folder.glob("*.backup"))
    assert len(kept) == 2
    assert kept[0] == old[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "x.backup"], "--for is missing"),
        (["--to", "x.backup", "--keep", "2", "--for", "{lead}/backup.pub"], "--keep is for a folder"),
        (["--to", "x.backup", "--for", "{config}"], "is not a key that gatehouse keys backup made"),
        (["--check", "{lead}/nowhere"], "No such file"),
    ],
)
def test_a_mistake_is_one_line(
    config: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [each.format(lead=tmp_path / "lead", config=config) for each in arguments]
    with pytest.raises(SystemExit) as ended:
        backup.main([*filled, "--config", str(config)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
