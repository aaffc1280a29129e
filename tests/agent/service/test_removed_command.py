"""What removes the agent tells the school first."""

from pathlib import Path

import pytest

from agent.cli import main
from tests.agent.appliance import agents_appliance
from tests.agent.service.device import enrolled_device


def test_the_school_is_told_while_the_service_still_runs(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance, enrolled_device(tmp_path / "device", appliance) as device:
        device.start()
        device.ready()
        assert main(["removed", "--config", str(device.folder / "agent.toml")]) == 0
        kinds = [event["kind"] for heard in appliance.heard for event in heard["events"]]
        assert kinds.count("removed") == 1
        assert device.stop() == 0


def test_without_a_network_it_says_so_and_does_not_keep_anybody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with agents_appliance(tmp_path / "box") as appliance, enrolled_device(tmp_path / "device", appliance) as device:
        config = str(device.folder / "agent.toml")
    assert main(["removed", "--config", config]) == 1
    assert "the school is not told: unreachable" in capsys.readouterr().err


def test_a_device_that_is_not_enrolled_has_nobody_to_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agent.toml").write_text(f'state = "{tmp_path}"')
    assert main(["removed", "--config", str(tmp_path / "agent.toml")]) == 1
    assert "is not enrolled" in capsys.readouterr().err
