"""Which rules choose and spread; what they do to real connections is in tests/box."""

from appliance.provisioning.interception import choosing, redirecting
from appliance.provisioning.rule_text import OWN_TO_ANSWER
from tests.appliance.provisioning.boxes import box, guests, network


def test_devices_are_chosen_by_another_hash_than_they_are_spread_with():
    chosen = [rule for rule in choosing(box(network(percent=30), seed=7)) if "jhash" in rule]
    assert len(chosen) == 2
    assert not any(f"seed {7:#x} " in rule for rule in chosen)
    assert all(">= 30 accept" in rule for rule in chosen)


def test_of_a_network_at_nothing_nobody_is_read_and_at_a_hundred_everybody():
    assert 'iifname "eth1" accept' in choosing(box(network(percent=0)))
    assert not any("jhash" in rule for rule in choosing(box()))


def test_only_networks_whose_devices_may_use_the_proxy_are_led_to_one():
    proxied = [rule for rule in redirecting(box(network(), guests(proxy=False))) if "3128" in rule]
    assert len(proxied) == 2
    assert not any("eth2.30" in rule for rule in proxied)
    assert not any("3128" in rule for rule in redirecting(box(network(proxy=False))))


def test_clear_ports_are_led_to_a_worker_for_their_own_network_alone():
    (rule, _) = [rule for rule in redirecting(box(network(clear_ports=(6667,)), guests())) if "6667" in rule]
    assert '"eth1" . 6667' in rule
    assert '"eth2.30" . 6667' not in rule


def test_the_trust_check_is_led_to_a_worker_before_anything_is_read():
    (marked,) = [i for i, rule in enumerate(choosing(box())) if f"tcp dport 443 ct mark set {OWN_TO_ANSWER}" in rule]
    assert marked < choosing(box()).index("iifname != @reading accept")
    (rule, _) = [rule for rule in redirecting(box()) if f"ct mark {OWN_TO_ANSWER}" in rule]
    assert "@workers" in rule
    assert "@reading" not in rule
