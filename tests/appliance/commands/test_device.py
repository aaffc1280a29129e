"""``gatehouse device``."""

import stat
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices
from appliance.commands import device
from tests.appliance import factories


@pytest.fixture(autouse=True)
def oak(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        factories.school(session)


def test_a_token_is_written_for_its_owner_alone_and_can_be_taken_away(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, end = tmp_path / "token", ["--school", "oak", "--config", str(config)]
    assert device.main(["add", "gate-1", "--kind", "gateway", "--token-file", str(file), *end]) == 0
    token = file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token not in capsys.readouterr().out
    with sessions() as session:
        assert devices.of_token(session, token) is not None
    assert device.main(["revoke", "gate-1", *end]) == 0
    with sessions() as session:
        assert devices.of_token(session, token) is None


def test_a_token_file_that_is_there_is_not_written_over(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text("another's")
    arguments = ["gate-1", "--school", "oak", "--config", str(config)]
    with pytest.raises(SystemExit):
        device.main(["add", *arguments, "--token-file", str(tmp_path / "token")])
    with pytest.raises(SystemExit):
        device.main(["revoke", *arguments])
    assert capsys.readouterr().err.endswith("gatehouse device: oak has no device called gate-1\n")
