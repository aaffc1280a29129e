"""On site is where the school's networks are; an address from anywhere else stands for nobody."""

import pytest

from appliance.agents.whereabouts import sites

HERE = sites({"oak": ("10.1.0.0/16", "fd00:1::/32"), "elm": ("10.2.0.0/16",)})


@pytest.mark.parametrize(
    ("school", "address", "on_site"),
    [
        ("oak", "10.1.2.3", True),
        ("oak", "::ffff:10.1.2.3", True),
        ("oak", "fd00:1::7", True),
        ("oak", "10.2.2.3", False),
        ("elm", "10.2.2.3", True),
        ("ash", "10.1.2.3", False),
        ("oak", "", False),
    ],
)
def test_by_the_address_it_comes_from(school: str, address: str, on_site: bool) -> None:
    assert HERE.holds(school, address) is on_site


def test_its_addresses_on_site_stand_for_its_person_and_none_where_it_is_elsewhere() -> None:
    said = ("10.1.2.3", "fd00:1::7", "192.168.1.5", "127.0.0.1")
    assert HERE.of_device("oak", "10.1.2.3", said) == ["10.1.2.3", "fd00:1::7"]
    assert HERE.of_device("oak", "192.0.2.9", said) == []


def test_what_is_no_network_is_named() -> None:
    with pytest.raises(ValueError, match=r"on_site: .*10\.1\.2\.3/16.*write a network such as"):
        sites({"oak": ("10.1.2.3/16",)})
