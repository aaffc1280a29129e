from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("tuf")

from appliance.commands import publish
from appliance.provisioning.release import version_of
from tests.appliance.updates.conftest import program


def test_a_release_is_published_under_what_its_files_hash_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, keys, source = tmp_path / "published", tmp_path / "keys", program(tmp_path / "source", "words")
    assert publish.main(["new", str(folder), "--keys", str(keys)]) == 0
    assert "1.root.json: for every box" in capsys.readouterr().out
    given = [str(folder), "--keys", str(keys), "--source", str(source), "--notes", "New words."]
    assert publish.main(["release", *given]) == 0
    assert f"Release {version_of(source)} is the newest now." in capsys.readouterr().out
    assert len(list((folder / "targets").iterdir())) == 2
    assert not [f for f in folder.iterdir() if f.name.startswith(".")]
    assert publish.main(["refresh", str(folder), "--keys", str(keys)], lambda: datetime.now(UTC)) == 0
    assert publish.main(["renew", str(folder), "--keys", str(keys), "--replace", "targets"]) == 0
    assert (keys / "targets.before-2").exists()


def test_a_mistake_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish.main(["refresh", str(tmp_path / "nothing"), "--keys", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("gatehouse publish: ")
