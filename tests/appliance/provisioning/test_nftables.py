"""The firewall's text: the real nft takes it, in a network namespace of its own, and takes it again."""

import json
import os
import subprocess

import pytest

from appliance.provisioning import dedicated, encrypted_resolvers
from appliance.provisioning.nftables import fresh, ruleset
from tests.appliance.provisioning.boxes import box, guests, network
from tests.networks import needs_own_network

OWN = ("8.8.8.0/24", "2001:4860::/32", "8.8.8.0/25")


def nft(*scripts: str) -> str:
    """Load each after the other, in a fresh network of no cards; what is there then."""
    steps = " && ".join(f"printf '%s' \"$S{n}\" | nft -f -" for n in range(len(scripts)))
    given = {f"S{n}": script for n, script in enumerate(scripts)}
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", f"{steps} && nft -j list table inet gatehouse"],
        capture_output=True, text=True, check=False, env={**os.environ, **given},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_own_network
@pytest.mark.parametrize(
    "made",
    [
        box(),
        box(network()),
        box(workers=1, seed=0, fail="closed", masquerade=False),
        box(
            workers=64,
            ssh_from=("10.1.0.0/24", "fd00:1::/64"),
            console_from=("::/0", "0.0.0.0/0"),
            passkeys_required="never",
        ),
        box(network(percent=30, clear_ports=(25, 6667, 443), tunnels="block"), guests(percent=0, proxy=False)),
        box(network(tunnels="pass", proxy=False)),
    ],
)
def test_nft_takes_it_first_and_again_and_anew(made):
    nft(ruleset(made), ruleset(made, OWN, OWN), ruleset(made, OWN, OWN), fresh(made, OWN, OWN))


BEFORE = """table inet gatehouse {
    chain choose { type filter hook prerouting priority mangle; policy accept; }
    chain redirected { type nat hook prerouting priority dstnat; policy accept; }
}
add rule inet gatehouse choose ct state new ct mark set 0x4748
"""


@needs_own_network
def test_what_an_older_version_chose_by_decides_no_more():
    listed = json.loads(nft(BEFORE, ruleset(box())))["nftables"]
    chains = {each["chain"]["name"]: each["chain"].get("type") for each in listed if "chain" in each}
    assert "choose" not in chains
    assert chains["begun"] == "nat"


FILLED = """
add element inet gatehouse workers { 0 : 8081, 1 : 8082 }
add element inet gatehouse reading { "eth1" }
add element inet gatehouse paused { "eth1" timeout 30m }
add element inet gatehouse passed4 { 8.8.8.8 }
"""


def elements(listed: str, name: str) -> list[object]:
    kinds = (each.get("set") or each.get("map") for each in json.loads(listed)["nftables"])
    found = next(kind for kind in kinds if kind and kind["name"] == name)
    return list(found.get("elem", []))


@needs_own_network
def test_what_was_filled_in_while_it_ran_stays_when_it_is_loaded_again():
    again = nft(ruleset(box()), FILLED, ruleset(box(network(percent=50)), OWN))
    assert elements(again, "workers") == [[0, 8081], [1, 8082]]
    assert [bool(elements(again, name)) for name in ("reading", "paused", "passed4", "dedicated4", "dedicated6")] == [
        True
    ] * 5
    assert not elements(nft(ruleset(box()), FILLED, fresh(box())), "workers")


@needs_own_network
def test_a_shipped_network_that_is_shipped_no_more_is_read_again():
    assert not elements(nft(ruleset(box(), OWN), ruleset(box())), "dedicated4")


@needs_own_network
def test_it_takes_every_shipped_range_and_resolver():
    filled = nft(ruleset(box(), dedicated.all_ranges(), encrypted_resolvers.all_addresses()))
    assert all(elements(filled, name) for name in ("dedicated4", "dedicated6", "resolvers4", "resolvers6"))


def test_there_is_one_rule_for_each_family_and_a_fixed_seed():
    rules = [line.strip() for line in ruleset(box(workers=4, seed=24301)).splitlines() if "@workers" in line]
    assert len(rules) == 2 * len(("the web", "the trust check"))
    assert all("mod 4 seed 0x5eed redirect" in rule for rule in rules)


def test_cards_and_networks_stand_in_quotes_wherever_they_are_named():
    text = ruleset(box())
    assert "eth2.30" in text
    assert all(f'"{name}' in line for line in text.splitlines() for name in ("eth1", "eth2.30") if name in line)
