"""The firewall is kept in step, with the real nft in a network namespace of its own."""

import subprocess

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.leading import Leading
from tests.networks import needs_own_network
from tests.proxy_addons.supervisor.conftest import TABLE

pytestmark = needs_own_network
SLOTS = {0: Ports(8081, 8481)}


def test_rules_that_were_loaded_anew_are_pointed_again_within_a_second(loaded):
    said = []
    leading = Leading(loaded, said.append)
    leading.lead(SLOTS, 100.0)
    assert loaded.pointing() == SLOTS
    subprocess.run(["nft", "-f", "-"], input=f"flush ruleset\n{TABLE}", text=True, check=True)
    leading.lead(SLOTS, 101.1)
    assert loaded.pointing() == SLOTS
    assert set(said) == {""}


def test_a_firewall_that_is_missing_is_said_until_it_is_there(firewall):
    said = []
    leading = Leading(firewall, said.append)
    leading.lead(SLOTS, 100.0)
    assert leading.count() is None
    assert "No such file" in said[-1]
    subprocess.run(["nft", "-f", "-"], input=TABLE, text=True, check=True)
    leading.lead(SLOTS, 100.2)
    assert said[-1] == ""
    counters, seen = leading.count()
    assert (counters, len(seen)) == ({"pupils-missed": 3}, 3)
