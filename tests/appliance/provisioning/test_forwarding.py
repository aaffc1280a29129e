"""Which rules stand for which policy; what they do to real connections is in tests/box."""

from appliance.provisioning.forwarding import forwarding
from tests.appliance.provisioning.boxes import box, guests, network


def rules(*networks, **more):
    return "\n".join(forwarding(box(*networks, **more)))


def test_what_no_worker_was_there_for_passes_or_is_refused_and_is_counted_either_way():
    for fail, done in (("open", "accept"), ("closed", "reject with tcp reset")):
        (missed,) = [rule for rule in forwarding(box(network(), fail=fail)) if '"pupils-missed"' in rule]
        assert missed.endswith(done)


def test_tunnels_are_named_unless_they_are_to_pass_and_refused_only_where_they_are_blocked():
    assert "@tunnels" not in rules(network(tunnels="pass"))
    assert "@tunnels4" in rules(network(tunnels="alert"))
    assert rules(network(tunnels="block")).count("icmpx") == rules(network(tunnels="alert")).count("icmpx") + 1


def test_each_network_has_its_own_policy():
    last = forwarding(box(network(tunnels="block"), guests()))[-3:-1]
    assert [rule.partition("iifname ")[2].partition("}")[0] for rule in last] == ['{ "eth1" ', '{ "eth1" ']
