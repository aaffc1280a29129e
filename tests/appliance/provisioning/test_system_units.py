"""Debian's programs with our settings."""

from appliance.provisioning.system_units import DNS_UNIT, FIREWALL_UNIT


def test_the_firewall_is_there_before_any_card_has_its_address() -> None:
    lines = FIREWALL_UNIT.splitlines()
    assert "Before=network-pre.target shutdown.target" in lines
    assert "Wants=network-pre.target" in lines
    assert "DefaultDependencies=no" in lines


def test_names_run_as_a_user_that_may_fill_sets_of_the_firewall_and_no_more() -> None:
    lines = DNS_UNIT.splitlines()
    assert "User=dnsmasq" in lines
    assert "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_BIND_SERVICE" in lines
    assert "NoNewPrivileges=yes" in lines


def test_names_do_not_start_with_settings_that_dnsmasq_would_refuse() -> None:
    assert "ExecStartPre=/usr/sbin/dnsmasq --test --conf-file=/etc/gatehouse/dnsmasq.conf" in DNS_UNIT
