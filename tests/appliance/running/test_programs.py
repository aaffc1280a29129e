import os
from pathlib import Path

from appliance.running.places import Places
from appliance.running.programs import GATEHOUSE, programs


def test_the_gateway_starts_last_and_so_ends_first(tmp_path: Path) -> None:
    names = [program.name for program in programs(Places(tmp_path))]
    assert names == ["console", "appliance", "agents", "worker", "gateway"]


def test_each_is_run_by_the_projects_own_script_with_its_settings(tmp_path: Path) -> None:
    assert os.access(GATEHOUSE, os.X_OK)
    for program in programs(Places(tmp_path)):
        settings = tmp_path / "settings" / f"{program.name}.toml"
        assert program.command == (str(GATEHOUSE), program.name, "--config", str(settings))
