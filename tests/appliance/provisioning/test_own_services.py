"""What the box answers; tests/box calls at its doors."""

from appliance.provisioning.own_services import own_services
from tests.appliance.provisioning.boxes import box, guests, network


def test_nobody_reaches_what_stands_before_the_console_unless_the_box_says_from_where():
    assert not [rule for rule in own_services(box()) if "8443" in rule]
    rules = [
        rule for rule in own_services(box(console_from=("10.1.0.0/24",), passkeys_required="never")) if "8443" in rule
    ]
    assert rules == ["ip saddr { 10.1.0.0/24 } tcp dport 8443 accept"]


def test_devices_with_the_agent_reach_the_box_from_where_it_says():
    def rules(**more):
        networks = network(), guests(kind="guest")
        return [rule for rule in own_services(box(*networks, **more)) if "8446" in rule]

    assert rules() == []
    assert rules(agents="inside") == ['iifname { "eth1" } tcp dport 8446 accept']
    assert rules(agents="everywhere") == ["tcp dport 8446 accept"]


def test_nobody_signs_in_by_ssh_unless_the_box_says_from_where():
    assert not [rule for rule in own_services(box()) if "dport 22" in rule]
    rules = [rule for rule in own_services(box(ssh_from=("10.1.0.0/24", "fd00::/8"))) if "dport 22" in rule]
    assert rules == [
        "ip saddr { 10.1.0.0/24 } tcp dport 22 accept",
        "ip6 saddr { fd00::/8 } tcp dport 22 accept",
    ]


def test_second_gateways_reach_the_door_of_the_agents_and_nobody_else_does() -> None:
    rules = [rule for rule in own_services(box(gateways_from=("10.20.0.2",))) if "8446" in rule]
    assert rules == ["ip saddr { 10.20.0.2 } tcp dport 8446 accept"]
