"""The real firewall follows what the first box says, and is left alone where nothing has changed."""

import signal
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.provisioning.box import Box
from appliance.provisioning.gateway_file import gateway
from appliance.provisioning.live_rules import FirewallError
from appliance.provisioning.network_states import NetworkState
from appliance.second.networks_here import NetworksHere, reload_gateway
from detection.settings import load
from tests.appliance.factories import NOON
from tests.appliance.firewall import Firewall

HALF_AN_HOUR = timedelta(minutes=30)


def states(pupils: str, visitors: str, paused: timedelta | None = None) -> tuple[NetworkState, ...]:
    until = NOON + paused if paused else None
    return (
        NetworkState(name="pupils", kind="managed", reading=pupils, paused_until=until),
        NetworkState(name="visitors", kind="guest", reading=visitors),
    )


def test_it_follows_and_tells_the_gateway_what_changes_for_it(box_file: Path, firewall: Firewall) -> None:
    told: list[str] = []
    settings = box_file.with_name("gateway.toml")
    settings.write_text(gateway(load(box_file, Box)))
    here = NetworksHere(box_file, lambda: told.append("reload"))
    assert here.stand(states("read", "names-only"), NOON)
    assert (firewall.cards("reading"), firewall.cards("names_only")) == (["eth1"], ["eth2"])
    assert not here.stand(states("read", "names-only"), NOON)
    assert here.stand(states("read", "read"), NOON)
    assert "10.30" not in settings.read_text().partition("names_only")[2].splitlines()[0]
    assert here.stand(here.least(), NOON)
    assert (firewall.cards("reading"), firewall.cards("names_only")) == ([], ["eth2"])
    assert 'reading = "off"' in here.file.read_text()


def test_a_pause_comes_stays_and_goes(box_file: Path, firewall: Firewall) -> None:
    here = NetworksHere(box_file, lambda: None)
    here.stand(states("read", "names-only", HALF_AN_HOUR), NOON)
    assert firewall.cards("paused") == ["eth1"]
    assert not here.stand(states("read", "names-only", HALF_AN_HOUR + timedelta(seconds=2)), NOON)
    assert here.stand(states("read", "names-only"), NOON)
    assert firewall.cards("paused") == []


def test_a_firewall_that_does_not_follow_is_told_again(box_file: Path, firewall: Firewall) -> None:
    here = NetworksHere(box_file, lambda: None)
    firewall.nft("flush", "ruleset")
    with pytest.raises(FirewallError):
        here.stand(states("read", "names-only"), NOON)
    firewall.load()
    assert here.stand(states("read", "names-only"), NOON)
    assert firewall.cards("reading") == ["eth1"]


def test_the_gateway_is_told_by_a_signal_to_its_main_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(["sleep", "60"]) as main:
        systemctl = tmp_path / "systemctl"
        systemctl.write_text(f"#!/bin/sh\necho {main.pid}\n")
        systemctl.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        reload_gateway()
        assert main.wait(10) == -signal.SIGHUP
        systemctl.write_text("#!/bin/sh\necho 0\n")
        reload_gateway()
