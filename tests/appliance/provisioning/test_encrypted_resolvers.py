"""The list of resolvers knows what sensors know by name, and only addresses that are nothing else's."""

import ipaddress

from appliance.provisioning import dedicated
from appliance.provisioning.encrypted_resolvers import addresses, domains, encrypted_resolvers
from detection.avoidance import known


def test_a_sensor_names_the_same_resolvers_that_the_box_refuses() -> None:
    assert sorted(domain for domain, avoidance in known().items() if avoidance.kind == "doh") == domains()


def test_no_domain_is_written_twice_or_lies_below_another() -> None:
    written = [domain for each in encrypted_resolvers() for domain in each.domains]
    assert sorted(set(written)) == sorted(written)
    assert not [d for d in written if any(d.endswith("." + other) for other in written)]
    assert all(d == d.lower().strip(".") and "." in d and "/" not in d for d in written)


def test_the_best_known_addresses_are_among_them_and_every_one_can_be_read() -> None:
    four, six = ([ipaddress.ip_network(each) for each in addresses(version)] for version in (4, 6))
    for address in ("1.1.1.1", "8.8.8.8", "9.9.9.9", "94.140.14.14"):
        assert any(ipaddress.ip_address(address) in network for network in four), address
    assert any(ipaddress.ip_address("2606:4700:4700::1111") in network for network in six)
    assert all(each.source for each in encrypted_resolvers())


def test_no_address_is_one_that_may_go_past_the_proxy() -> None:
    for version in (4, 6):
        passed = [ipaddress.ip_network(each) for each in dedicated.ranges(version)]
        resolvers = [ipaddress.ip_network(each) for each in addresses(version)]
        assert not [r for r in resolvers for p in passed if r.overlaps(p)]  # type: ignore[arg-type]
