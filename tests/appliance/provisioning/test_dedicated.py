"""What goes past the proxy is never opened anyway, and lies where nobody else's pages do."""

import ipaddress

from appliance.provisioning.dedicated import domains, of_version, organisations, ranges
from detection.unopened.layers import Layer, load_layers

SHARED = (
    # Where anybody's page may be: Cloudflare, Fastly, Akamai, CloudFront, Google's front ends, Azure Front Door.
    *("104.16.0.0/13", "172.64.0.0/13", "151.101.0.0/16", "23.32.0.0/11", "95.100.0.0/15", "2.16.0.0/13"),
    *("13.32.0.0/15", "142.250.0.0/15", "172.217.0.0/16", "216.58.192.0/19", "13.107.246.0/24", "150.171.0.0/19"),
    *("2606:4700::/32", "2a04:4e42::/32", "2a02:26f0::/29", "2600:9000::/28", "2a00:1450::/29", "2620:1ec::/36"),
)


def test_a_worker_would_leave_every_passed_domain_closed_as_well() -> None:
    layers = load_layers()
    assert not [domain for domain in domains() if layers.reason(domain) is None]


def test_nothing_below_a_passed_domain_is_opened() -> None:
    """What a worker reads below it would go past the worker."""
    opened = {entry.domain for entry in load_layers().entries(Layer.SHIPPED) if entry.opened}
    assert not [host for host in opened if any(host.endswith(f".{domain}") for domain in domains())]


def test_no_range_reaches_into_a_shared_content_network() -> None:
    reaches = [
        f"{mine} into {shared}"
        for version in (4, 6)
        for mine in ranges(version)
        for shared in SHARED
        if (there := ipaddress.ip_network(shared)).version == version and ipaddress.ip_network(mine).overlaps(there)  # type: ignore[arg-type]
    ]
    assert not reaches


def test_every_organisation_says_where_its_addresses_are_known_from() -> None:
    assert all(each.source and each.domains and each.ranges for each in organisations())


def test_ranges_of_one_kind_are_joined_and_stand_in_order() -> None:
    assert of_version(["192.0.2.128/25", "2001:db8::/32", "192.0.2.0/25", "10.0.0.0/8", "10.1.0.0/16"], 4) == [
        "10.0.0.0/8",
        "192.0.2.0/24",
    ]
    assert of_version(["192.0.2.0/24", "2001:db8::/32"], 6) == ["2001:db8::/32"]
