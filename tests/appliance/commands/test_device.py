"""``gatehouse device``."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.commands import device
from detection.enrolling.pin import pin_of
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


def test_a_second_gateway_is_given_a_code_that_says_whom_to_trust(
    config: Path, sessions: sessionmaker[Session], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = tmp_path / "agents.toml"
    agents.write_text(f'{config.read_text()}authority = "authority"\nnames = ["10.20.0.1"]\n')
    end = ["--school", "oak", "--config", str(agents)]
    assert device.main(["code", "second", *end]) == 0
    said = capsys.readouterr().out
    whole = said.splitlines()[0]
    assert pin_of(whole) == authority(tmp_path / "authority", datetime.now(UTC)).fingerprint[:16]
    assert said.endswith('address = "https://NAME:8446", by one of the names 10.20.0.1.\n')
    with sessions.begin() as session:
        found = codes.take(session, whole, datetime.now(UTC), "gateway")
        assert found is not None
        assert found.ends_at - found.made_at == timedelta(hours=1)
    with pytest.raises(SystemExit):
        device.main(["code", "second", "--minutes", "2000", *end])
