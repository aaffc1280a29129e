"""The running firewall takes a change whole or not at all, and says in words why not."""

from datetime import timedelta
from pathlib import Path

import pytest

from appliance.provisioning import live_rules
from appliance.provisioning.box import Box
from appliance.provisioning.live_rules import FirewallError
from appliance.provisioning.network_states import NetworkState, Reading
from detection.settings import load
from tests.appliance.factories import NOON
from tests.appliance.firewall import Firewall


@pytest.fixture
def box(box_file: Path) -> Box:
    return load(box_file, Box)


def states(reading: Reading, minutes: float) -> tuple[NetworkState, ...]:
    until = NOON + timedelta(minutes=minutes)
    return (NetworkState(name="pupils", kind="managed", reading=reading, paused_until=until),)


def test_what_is_read_replaces_what_was_and_leaves_a_pause_alone(box: Box, firewall: Firewall) -> None:
    live_rules.apply(live_rules.all_of(box, states(Reading.READ, 30), NOON))
    assert (firewall.cards("reading"), firewall.cards("paused")) == (["eth1"], ["eth1"])
    live_rules.apply(live_rules.reading(box, states(Reading.OFF, 0)))
    assert (firewall.cards("reading"), firewall.cards("paused")) == ([], ["eth1"])


def test_a_pause_that_is_over_is_not_filled_in_again_nor_a_longer_one_than_may_be(box: Box, firewall: Firewall) -> None:
    live_rules.apply(live_rules.all_of(box, states(Reading.READ, -1), NOON))
    assert firewall.cards("paused") == []
    live_rules.apply(live_rules.all_of(box, states(Reading.READ, 60 * 24 * 365), NOON))
    assert "timeout 8h" in firewall.left()


def test_a_pause_may_be_set_anew_and_an_end_be_repeated(box: Box, firewall: Firewall) -> None:
    for minutes in (30, 60):
        live_rules.apply(live_rules.pause(box.network[0], timedelta(minutes=minutes)))
    assert "timeout 1h" in firewall.left()
    for _ in range(2):
        live_rules.apply(live_rules.resume(box.network[0]))
    assert firewall.cards("paused") == []


def test_a_change_that_cannot_be_made_whole_is_not_made(box: Box, firewall: Firewall) -> None:
    firewall.nft("flush", "ruleset")
    firewall.nft("-f", "-", text="table inet gatehouse {\n set reading { type ifname; }\n}\n")
    with pytest.raises(FirewallError, match="systemctl start gatehouse-firewall"):
        live_rules.apply(live_rules.reading(box, states(Reading.READ, 0)))
    assert firewall.cards("reading") == []
    with pytest.raises(FirewallError, match="nft refused it: "):
        live_rules.apply("nonsense")
