"""How rules write a card, a network, a counter."""

from appliance.provisioning.rule_text import cards, counted, indented
from tests.appliance.provisioning.boxes import guests, network


def test_a_rule_names_all_cards_at_once():
    assert cards([network(), guests()]) == '{ "eth1", "eth2.30" }'


def test_each_network_counts_for_itself():
    assert counted([network()], "quic") == 'counter name iifname map { "eth1" : "pupils-quic" }'


def test_rules_stand_indented_in_their_chain():
    assert indented(["accept"]) == ["    accept"]
