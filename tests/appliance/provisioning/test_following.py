"""What the gateway is told of networks follows an agreement, and is what provisioning would write."""

from pathlib import Path

from appliance.provisioning.box import Box
from appliance.provisioning.following import follow
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.network_states import NetworkState, Reading
from detection.settings import load

SIGNED = (NetworkState(name="visitors", kind="guest", reading=Reading.READ),)


def test_only_what_changes_is_written_with_the_rights_it_had(box_file: Path) -> None:
    folder, box = box_file.parent, load(box_file, Box)
    file = folder / "gateway.toml"
    file.write_text(gateway(box))
    file.chmod(0o640)
    assert not follow(folder, box, ())
    assert follow(folder, box, SIGNED)
    assert file.read_text() == gateway(box, SIGNED)
    assert "names_only = []" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o640
    assert follow(folder, box, ())
    assert 'names_only = ["10.30.0.0/16"]' in file.read_text()
    assert list(folder.glob("*.new")) == []


def test_a_machine_without_such_a_file_is_left_alone(box_file: Path) -> None:
    assert not follow(box_file.parent, load(box_file, Box), SIGNED)
    assert not (box_file.parent / "gateway.toml").exists()
