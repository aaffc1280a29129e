"""Which rules stand for which policy; what they do to real connections is in tests/box."""

from appliance.provisioning.forwarding import forwarding, tunnelled
from tests.appliance.provisioning.boxes import box, guests, network


def rules(*networks, **more):
    made = box(*networks, **more)
    return "\n".join([*forwarding(made), *tunnelled(made)])


def test_what_no_worker_was_there_for_passes_or_is_refused_and_is_counted_either_way():
    for fail, done in (("open", "accept"), ("closed", "reject with tcp reset")):
        (missed,) = [rule for rule in forwarding(box(network(), fail=fail)) if '"pupils-missed"' in rule]
        assert missed.endswith(done)


def test_tunnels_are_named_unless_they_are_to_pass_and_refused_only_where_they_are_blocked():
    assert "@tunnels" not in rules(network(tunnels="pass"))
    assert "@tunnels4" in rules(network(tunnels="alert"))
    assert rules(network(tunnels="block")).count("icmpx") == rules(network(tunnels="alert")).count("icmpx") + 1


def test_each_network_has_its_own_policy():
    last = tunnelled(box(network(tunnels="block"), guests()))[-3:-1]
    assert [rule.partition("iifname ")[2].partition("}")[0] for rule in last] == ['{ "eth1" ', '{ "eth1" ']


def test_resolvers_that_hide_what_is_looked_up_are_tunnels_whether_or_not_a_worker_is_there():
    rules = forwarding(box())
    to_resolvers = [at for at, rule in enumerate(rules) if "@resolvers" in rule]
    missed = next(at for at, rule in enumerate(rules) if "-missed" in rule)
    assert len(to_resolvers) == 2
    assert max(to_resolvers) < missed
