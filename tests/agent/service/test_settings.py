"""The agent's settings file."""

from pathlib import Path

import pytest

from agent.service.settings import AgentSettings
from detection.settings import SettingsError, load


def test_an_empty_file_is_enough(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text("")
    settings = load(tmp_path / "agent.toml", AgentSettings)
    assert settings.outbox == Path("/var/lib/gatehouse-agent/outbox.db")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("outbox_megabytes = 0", "outbox_megabytes: must be more than nothing"),
        ("round_seconds = -1", "round_seconds: must be more than nothing"),
        ("free_megabytes = -1", "free_megabytes: must not be negative"),
        ('session_unit = "session@1"', "session_unit: must say {uid}"),
        ("silent = true", "line 1: silent: unknown setting"),
    ],
)
def test_a_doubtful_setting_stops_the_start(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "agent.toml").write_text(row)
    with pytest.raises(SettingsError, match=said):
        load(tmp_path / "agent.toml", AgentSettings)
