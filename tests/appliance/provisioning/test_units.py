"""The units: each with no more rights than it needs. ``systemd-analyze security`` gives the figures of exposure."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.units import units

BOX = Box(
    school="Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="pupils", interface="eth1", address="10.20.0.1/16"),),
    notice_url="https://hill.example/monitoring",
    agents="everywhere",
)
UNITS = units(BOX)
MOST_EXPOSED = {"gatehouse-firewall.service": 2.5, "gatehouse-worker.service": 3.5}
"""Of ten, where 2 is not enough: the one runs as root, the other makes namespaces for the browser's cage."""

OURS = {name for name, text in UNITS.items() if "-m appliance.cli" in text and "Restart=always" in text}
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@needs_systemd
def test_nothing_is_exposed_that_need_not_be(written: Path) -> None:
    exposed = {}
    for name in (name for name in UNITS if name.endswith(".service")):
        command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(written / name)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        exposed[name] = float(re.findall(r"Overall exposure level for \S+: (\d+\.\d)", said)[0])
    print(exposed)
    assert {name: level for name, level in exposed.items() if level > MOST_EXPOSED.get(name, 2.0)} == {}


@pytest.mark.parametrize("name", sorted(OURS))
def test_none_may_gain_rights_dump_its_memory_or_log_keys(name: str) -> None:
    lines = UNITS[name].splitlines()
    for line in ("NoNewPrivileges=yes", "LimitCORE=0", "ProtectSystem=strict", "Restart=always"):
        assert line in lines
    assert not [line for line in lines if line.startswith("Environment=")]
    assert any(line.startswith("UnsetEnvironment=") and "SSLKEYLOGFILE" in line for line in lines)
    assert any(line.startswith("User=gatehouse") for line in lines)


def test_only_the_gateway_may_edit_the_firewall() -> None:
    """Of our programs; dnsmasq fills sets of it."""
    assert [name for name in sorted(OURS) if "CAP_NET_ADMIN" in UNITS[name]] == ["gatehouse-gateway.service"]


def test_the_gateway_cannot_even_read_the_records() -> None:
    assert "InaccessiblePaths=-/var/lib/gatehouse/appliance\n" in UNITS["gatehouse-gateway.service"]


def test_the_workers_have_the_memory_they_were_promised() -> None:
    assert "MemoryMax=5000M\n" in UNITS["gatehouse-gateway.service"]


def test_without_a_notice_no_page_asks_devices_to_be_set_up() -> None:
    assert "gatehouse-enrolment.service" in UNITS
    assert "gatehouse-enrolment.service" not in units(replace(BOX, notice_url=""))


def test_the_page_for_devices_sees_nothing_of_the_state() -> None:
    assert "InaccessiblePaths=-/var/lib/gatehouse\n" in UNITS["gatehouse-enrolment.service"]


def test_the_supervisor_may_take_rights_from_its_workers() -> None:
    """Else none starts: capset is among what the other units are refused, and what is named last counts."""
    lines = UNITS["gatehouse-gateway.service"].splitlines()
    assert lines.index("SystemCallFilter=capset") > lines.index("SystemCallFilter=~@privileged")


def test_who_can_tell_whether_it_works_is_watched() -> None:
    told = {name: line for name in OURS for line in UNITS[name].splitlines() if line.startswith("NotifyAccess=")}
    assert told == {
        "gatehouse-gateway.service": "NotifyAccess=main",
        "gatehouse-appliance.service": "NotifyAccess=all",
        "gatehouse-agents.service": "NotifyAccess=all",
        "gatehouse-worker.service": "NotifyAccess=main",
        "gatehouse-console.service": "NotifyAccess=all",
        "gatehouse-enrolment.service": "NotifyAccess=all",
    }


def test_a_box_without_agents_calls_nobody_in_for_them() -> None:
    assert "gatehouse-agents.service" in UNITS
    assert "gatehouse-agents.service" not in units(replace(BOX, agents="nowhere"))


def test_a_second_gateway_follows_with_few_rights_and_runs_no_appliance(tmp_path: Path) -> None:
    second = units(replace(BOX, agents="nowhere", appliance=FirstBox(address="https://10.20.0.1:8446")))
    ours = {name for name, text in second.items() if "-m appliance.cli" in text and "Restart=always" in text}
    assert ours == {"gatehouse-gateway.service", "gatehouse-follow.service", "gatehouse-enrolment.service"}
    assert not [name for name in second if "backup" in name]
    text = second["gatehouse-follow.service"]
    assert "CapabilityBoundingSet=CAP_NET_ADMIN CAP_DAC_READ_SEARCH CAP_KILL\n" in text
    assert "ReadWritePaths=/etc/gatehouse /var/lib/gatehouse/follow\n" in text
    assert "NoNewPrivileges=yes" in text


def test_where_second_gateways_report_to_it_the_door_for_them_runs() -> None:
    assert "gatehouse-agents.service" in units(replace(BOX, agents="nowhere", gateways_from=("10.20.0.2",)))
    assert "gatehouse-agents.service" not in units(replace(BOX, agents="nowhere"))
