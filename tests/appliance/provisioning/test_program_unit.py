"""The unit of one of our programs."""

from dataclasses import replace

from appliance.provisioning.program_unit import ProgramUnit

UNIT = ProgramUnit(
    name="console", what="the console", program="console", user="gatehouse", writes=("/var/a",), hidden=("/var/b",)
)


def test_it_runs_the_program_of_the_current_release_with_its_settings() -> None:
    command = "/opt/gatehouse/current/.venv/bin/python -P -m appliance.cli console --config /etc/gatehouse/console.toml"
    lines = UNIT.text().splitlines()
    assert f"ExecStart={command}" in lines
    assert "ReadWritePaths=/var/a" in lines
    assert "InaccessiblePaths=-/var/b" in lines


def test_one_that_talks_to_this_machine_alone_is_held_to_it() -> None:
    assert "IPAddressDeny=any\nIPAddressAllow=localhost\n" in replace(UNIT, local=True).text()
    assert "IPAddressDeny" not in UNIT.text()


def test_one_that_holds_the_firewall_lets_go_however_it_ended() -> None:
    text = replace(UNIT, program="supervisor", settings="gateway", releases=True).text()
    assert "supervisor --config /etc/gatehouse/gateway.toml --release\n" in text
    assert "ExecStopPost" not in UNIT.text()


def test_one_that_tells_of_its_work_is_started_anew_when_it_falls_silent() -> None:
    lines = replace(UNIT, told_by="main").text().splitlines()
    assert {"Type=notify", "NotifyAccess=main", "WatchdogSec=120", "Restart=always"} <= set(lines)
    assert "Type=exec" in UNIT.text().splitlines()
    assert "Watchdog" not in UNIT.text()
