"""The firewall's small file says what was agreed, and without it, or against it, nothing is read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.provisioning import network_states
from appliance.provisioning.box import Box
from appliance.provisioning.network_states import NetworkState, Reading
from detection.settings import SettingsError, load


@pytest.fixture
def box(box_file: Path) -> Box:
    return load(box_file, Box)


def test_what_is_written_is_read(box: Box, tmp_path: Path) -> None:
    file = tmp_path / "networks.toml"
    until = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
    states = (
        NetworkState(name="pupils", kind="managed", reading=Reading.READ, paused_until=until),
        NetworkState(name="visitors", kind="guest", reading=Reading.NAMES_ONLY),
    )
    network_states.write(file, network_states.text(states))
    assert network_states.load(file, box) == states
    assert file.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.glob(".*")) == []


def test_without_a_file_nothing_is_read(box: Box, tmp_path: Path) -> None:
    readings = [state.reading for state in network_states.load(tmp_path / "networks.toml", box)]
    assert readings == [Reading.OFF, Reading.NAMES_ONLY]


def test_what_it_says_of_a_network_of_another_kind_does_not_count(box: Box, tmp_path: Path) -> None:
    file = tmp_path / "networks.toml"
    file.write_text('[[network]]\nname = "visitors"\nkind = "managed"\nreading = "read"\n')
    assert [state.reading for state in network_states.load(file, box)] == [Reading.OFF, Reading.NAMES_ONLY]


@pytest.mark.parametrize(
    ("line", "said"), [('reading = "all"', "reading must be one of"), ("reading = 1", "must be a text")]
)
def test_a_file_that_was_spoilt_is_refused(box: Box, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "networks.toml"
    file.write_text(f'[[network]]\nname = "pupils"\nkind = "managed"\n{line}\n')
    with pytest.raises(SettingsError, match=said):
        network_states.load(file, box)
