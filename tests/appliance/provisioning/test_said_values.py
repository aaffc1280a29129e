import pytest

from appliance.provisioning.said_values import (
    CARD_NAME,
    HOST_NAME,
    is_address,
    must,
    must_be_interface,
    must_be_network,
)


@pytest.mark.parametrize(
    ("text", "version", "said"),
    [
        ("10.20.0.1/16", 4, ""),
        ("fd00:20::1/64", 6, ""),
        ("10.20.0.1", 4, "prefix length"),
        ("10.20.0.1/16", 6, "IPv6"),
        ("10.20.0/16", 4, "address: "),
    ],
)
def test_an_own_address_has_its_prefix_length(text: str, version: int, said: str) -> None:
    if not said:
        must_be_interface(text, version, "address")
        return
    with pytest.raises(ValueError, match=said):
        must_be_interface(text, version, "address")


def test_a_network_is_one_and_the_setting_is_named_where_it_is_none() -> None:
    must_be_network("10.1.0.0/24", "ssh_from")
    with pytest.raises(ValueError, match="ssh_from: "):
        must_be_network("10.1.0.0/24; accept", "ssh_from")


def test_what_must_hold_holds_or_is_said() -> None:
    must(1, "never said")
    with pytest.raises(ValueError, match="workers must lie between"):
        must(0, "workers must lie between 1 and 64")


@pytest.mark.parametrize(("text", "is_one"), [("192.0.2.1", True), ("fd00::1", True), ("gate.example", False)])
def test_an_address_is_told_from_a_name(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_a_card_has_a_name_that_the_kernel_takes() -> None:
    assert CARD_NAME.fullmatch("eth0.20")
    assert not CARD_NAME.fullmatch("eth1; flush ruleset")


def test_a_host_has_a_whole_name_in_small_letters() -> None:
    assert HOST_NAME.fullmatch("gatehouse.hill.example")
    assert not any(map(HOST_NAME.fullmatch, ("gatehouse", "Gatehouse.hill.example", "-.hill.example", "a b.example")))
