import json
from datetime import UTC, datetime, timedelta

import pytest

from appliance.updates.wellness import wait_until_well

NOW = datetime.now(UTC)


@pytest.fixture
def systemctl(tmp_path):
    """Stands for systemd's: says of each unit what lies in a file."""
    program = tmp_path / "systemctl"
    program.write_text(
        f"#!/bin/sh\ncase $1 in list-unit-files) cat {tmp_path}/units ;; *) cat {tmp_path}/states ;; esac\n"
    )
    program.chmod(0o755)

    def say(units, states):
        (tmp_path / "units").write_text("".join(f"{unit} enabled enabled\n" for unit in units))
        (tmp_path / "states").write_text("".join(f"{state}\n" for state in states))
        return str(program)

    return say


UNITS = ("gatehouse-gateway.service", "gatehouse-console.service")


def status(folder, at):
    file = folder / "status.json"
    file.write_text(json.dumps({"at": at.isoformat()}))
    return file


def test_a_box_whose_programs_run_and_whose_gateway_is_heard_is_well(tmp_path, systemctl):
    file = status(tmp_path, NOW + timedelta(seconds=5))
    assert wait_until_well(file, NOW, 1, systemctl=systemctl(UNITS, ("active", "active"))) == ""


def test_what_is_wrong_is_said_once_patience_ends(tmp_path, systemctl):
    file = status(tmp_path, NOW - timedelta(seconds=5))
    run = {"patience": 0.01, "sleep": lambda _: None}
    assert "gatehouse-console.service does not run" in wait_until_well(
        file, NOW, systemctl=systemctl(UNITS, ("active", "failed")), **run
    )
    assert "not been heard of since" in wait_until_well(
        file, NOW, systemctl=systemctl(UNITS, ("active", "active")), **run
    )
    file.write_text("nonsense")
    assert "not written its status" in wait_until_well(
        file, NOW, systemctl=systemctl(UNITS, ("active", "active")), **run
    )
    assert "no service" in wait_until_well(file, NOW, systemctl=systemctl((), ()), **run)


@pytest.mark.parametrize(
    ("ages", "unmanned", "wrong"),
    [((3, 4), (), ""), ((3, 900), (), "1 of 2 workers"), ((3,), (1,), "1 workers of the gateway are missing")],
)
def test_a_release_whose_workers_do_not_take_over_is_not_well(tmp_path, systemctl, ages, unmanned, wrong):
    supervisor = {"workers": [{"age": age} for age in ages], "unmanned": list(unmanned)}
    file = tmp_path / "status.json"
    file.write_text(json.dumps({"at": (NOW + timedelta(seconds=5)).isoformat(), "supervisor": supervisor}))
    running = systemctl(UNITS, ("active", "active"))
    said = wait_until_well(file, NOW, 0.01, systemctl=running, sleep=lambda _: None)
    assert said.startswith(wrong)
    assert bool(said) == bool(wrong)


def test_it_is_waited_for(tmp_path, systemctl):
    file = status(tmp_path, NOW - timedelta(seconds=5))
    later = wait_until_well(
        file,
        NOW,
        30,
        systemctl=systemctl(UNITS, ("active", "active")),
        sleep=lambda _: status(tmp_path, NOW + timedelta(seconds=1)),
    )
    assert later == ""
