"""What looks for releases, and what installs them: nothing unless box.toml says so."""

import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.commands.update import _parser
from appliance.provisioning.box_plan import Wanted, whole
from appliance.provisioning.box_services import services
from appliance.provisioning.service import Service
from appliance.provisioning.update_source import UpdateSource
from appliance.provisioning.update_units import update_units
from tests.appliance.provisioning.boxes import box

LOOKS = UpdateSource(source="https://releases.example/g", root=Path("/etc/gatehouse/update-root.json"))
APPLIES = UpdateSource(source=LOOKS.source, root=LOOKS.root, apply=True, at="02:30")


def test_without_a_source_nobody_looks() -> None:
    assert update_units(None) == {}
    assert not [step for step in whole(box(), Wanted(version="1")) if "update." in str(step.key)]


def test_a_box_looks_and_installs_nothing_by_itself() -> None:
    assert sorted(update_units(LOOKS)) == ["gatehouse-update-check.service", "gatehouse-update-check.timer"]
    assert not [text for text in update_units(LOOKS).values() if "apply" in text]


def test_it_installs_at_the_hour_it_was_told() -> None:
    assert "OnCalendar=*-*-* 02:30\n" in update_units(APPLIES)["gatehouse-update-apply.timer"]
    assert "Persistent" not in update_units(APPLIES)["gatehouse-update-apply.timer"]


def test_the_timers_run_and_what_they_start_waits_for_them() -> None:
    made = [step.unit for step in services(box(update=APPLIES)) if isinstance(step, Service)]
    assert [unit for unit in made if "update" in unit] == [
        "gatehouse-update-check.timer",
        "gatehouse-update-apply.timer",
    ]
    keys = [str(step.key) for step in whole(box(update=APPLIES), Wanted(version="1"))]
    assert {"file /etc/gatehouse/update.toml", "folder /var/lib/gatehouse/updates"} <= set(keys)


@pytest.mark.parametrize("unit", ["gatehouse-update-check.service", "gatehouse-update-apply.service"])
def test_each_is_a_command_there_is(unit: str) -> None:
    (line,) = (line for line in update_units(APPLIES)[unit].splitlines() if line.startswith("ExecStart="))
    words = line.partition("appliance.cli update ")[2].split()
    assert _parser().parse_args(words).act == words[0]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_takes_them(tmp_path: Path) -> None:
    for name, text in update_units(APPLIES).items():
        (tmp_path / name).write_text(text.replace("/opt/gatehouse/current/.venv/bin/python", "/bin/true"))
    command = ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not [line for line in done.stderr.splitlines() if "gatehouse-update" in line], done.stderr
