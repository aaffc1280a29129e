"""Services: enabled once, told of their new settings, restarted for a new program."""

from dataclasses import replace

import pytest

from appliance.provisioning import service
from appliance.provisioning.machine import Machine
from appliance.provisioning.plan import Site
from appliance.provisioning.service import Applied, Service
from appliance.provisioning.text_file import TextFile

CONSOLE = Service(unit="gatehouse-console.service", settings=("/etc/console.toml",), files=("/etc/console.service",))


@pytest.fixture
def running(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(Machine, "running", True)
    site.machine.answers["systemctl is-enabled"] = "enabled\n"  # type: ignore[attr-defined]
    site.machine.answers["systemctl is-active"] = "active\n"  # type: ignore[attr-defined]
    return site


def asked(site: Site) -> list[str]:
    return [line for line in site.machine.asked if " is-" not in line and " show " not in line]  # type: ignore[attr-defined]


def test_in_a_folder_it_is_enabled_and_no_more(site: Site) -> None:
    assert CONSOLE.lacks(site) == "enable gatehouse-console.service"
    CONSOLE.do(site)
    assert asked(site) == ["systemctl enable --quiet gatehouse-console.service"]
    site.machine.answers["systemctl is-enabled"] = "enabled\n"  # type: ignore[attr-defined]
    assert CONSOLE.lacks(site) == ""
    service.undo_service(site, CONSOLE.key, site.ledger.facts(CONSOLE.key))
    assert asked(site)[-1] == "systemctl disable --quiet gatehouse-console.service"


def test_one_that_others_enabled_stays_enabled(running: Site) -> None:
    CONSOLE.do(running)
    before = len(asked(running))
    service.undo_service(running, CONSOLE.key, running.ledger.facts(CONSOLE.key))
    assert len(asked(running)) == before


@pytest.mark.parametrize(
    ("file", "lacks", "how"),
    [
        ("/etc/console.toml", "reload gatehouse-console.service, its settings have changed", "reload-or-restart"),
        ("/etc/console.service", "restart gatehouse-console.service", "restart"),
    ],
)
def test_a_change_reaches_it_once(running: Site, file: str, lacks: str, how: str) -> None:
    CONSOLE.do(running)
    assert CONSOLE.lacks(running) == ""
    running.machine.at(file).write_text("changed")
    assert CONSOLE.lacks(running) == lacks
    CONSOLE.do(running)
    assert asked(running)[-1] == f"systemctl {how} gatehouse-console.service"
    assert CONSOLE.lacks(running) == ""


def test_what_another_program_of_ours_wrote_into_its_settings_it_was_told_by_that_program(running: Site) -> None:
    settings = TextFile(path="/etc/console.toml", text="names_only = []\n", followed="names_only")
    settings.do(running)
    CONSOLE.do(running)
    running.machine.at("/etc/console.toml").write_text('names_only = ["10.4.0.0/16"]\n')
    assert CONSOLE.lacks(running) == ""
    settings.do(running)
    assert CONSOLE.lacks(running).startswith("reload ")


def test_one_that_stands_still_is_started(running: Site) -> None:
    CONSOLE.do(running)
    running.machine.answers["systemctl is-active"] = "failed\n"  # type: ignore[attr-defined]
    assert CONSOLE.lacks(running) == "start gatehouse-console.service"


def test_a_program_that_does_not_start_keeps_nothing_else_from_being_done(running: Site, said: list[str]) -> None:
    """Its start is over only when it works, so that one that ends before is heard of."""
    running.machine.answers["systemctl is-active"] = "failed\n"  # type: ignore[attr-defined]
    replace(CONSOLE, may_fail=True).do(running)
    assert said == ["  gatehouse-console.service does not run yet; journalctl -u gatehouse-console.service says why"]


@pytest.mark.parametrize(("result", "lacks"), [("no", ""), ("yes", "start gatehouse-console.service")])
def test_one_that_systemd_leaves_out_by_its_conditions_is_not_started_for_ever(
    running: Site, said: list[str], result: str, lacks: str
) -> None:
    """As what sets the clock is in a container."""
    running.machine.answers["systemctl is-active"] = "inactive\n"  # type: ignore[attr-defined]
    shown = f"ConditionResult={result}\nConditionTimestampMonotonic=5\nActiveState=inactive\n"
    running.machine.answers["systemctl show"] = shown  # type: ignore[attr-defined]
    CONSOLE.do(running)
    assert [line for line in said if "by its own conditions" in line] == said
    assert bool(said) == (lacks == "")
    assert CONSOLE.lacks(running) == lacks


def test_one_that_was_never_asked_for_is_started(running: Site) -> None:
    CONSOLE.do(running)
    running.machine.answers["systemctl is-active"] = "inactive\n"  # type: ignore[attr-defined]
    shown = "ConditionResult=no\nConditionTimestampMonotonic=0\nActiveState=inactive\n"
    running.machine.answers["systemctl show"] = shown  # type: ignore[attr-defined]
    assert CONSOLE.lacks(running) == "start gatehouse-console.service"


@pytest.mark.parametrize("enablement", ["", "not-found\n", "masked\n"])
def test_one_whose_work_another_does_is_left_out(running: Site, enablement: str) -> None:
    """As systemd-timesyncd beside chrony."""
    running.machine.answers["systemctl is-enabled"] = enablement  # type: ignore[attr-defined]
    assert replace(CONSOLE, if_installed=True).lacks(running) == ""
    assert CONSOLE.lacks(running) == "enable and start gatehouse-console.service"


def test_a_file_is_taken_up_by_a_running_system_once(running: Site) -> None:
    applied = Applied(name="sysctl", command=("sysctl", "-p"), files=("/etc/sysctl.conf",))
    assert applied.lacks(running) == "run sysctl -p"
    applied.do(running)
    assert applied.lacks(running) == ""


def test_where_nothing_runs_the_next_start_takes_it_up(site: Site) -> None:
    assert Applied(name="sysctl", command=("sysctl", "-p"), files=()).lacks(site) == ""


def test_one_that_ran_before_us_is_told_of_our_files(running: Site) -> None:
    """As systemd-networkd in an image: enabled and active, and knows nothing of the new cards."""
    networkd = Service(unit="systemd-networkd.service", settings=("/etc/pupils.network",))
    assert networkd.lacks(running) != ""
    networkd.do(running)
    assert networkd.lacks(running) == ""
    service.undo_service(running, networkd.key, running.ledger.facts(networkd.key))
    assert not [line for line in asked(running) if "disable" in line]
