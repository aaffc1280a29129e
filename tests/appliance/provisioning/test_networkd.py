"""The cards of the school's networks."""

from appliance.provisioning import networkd
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network


def box(*networks: Network) -> Box:
    return Box(school="Hill", hostname="gatehouse.hill.example", outside="eth0", network=networks)


PUPILS = Network(name="pupils", interface="eth1", address="10.20.0.1/16", address6="fd00:20::1/64")
STAFF = Network(name="staff", interface="eth2.30", address="10.30.0.1/16")
GUESTS = Network(name="guests", interface="eth1.40", address="10.40.0.1/16", kind="guest")


def test_the_box_has_its_address_whether_a_cable_is_there_or_not() -> None:
    files = networkd.files(box(PUPILS))
    assert list(files) == ["/etc/systemd/network/50-gatehouse-pupils.network"]
    text = files["/etc/systemd/network/50-gatehouse-pupils.network"]
    for line in ("Name=eth1", "Address=10.20.0.1/16", "Address=fd00:20::1/64", "ConfigureWithoutCarrier=yes"):
        assert f"{line}\n" in text


def test_it_tells_devices_their_way_out_over_ipv6_only_where_it_has_one() -> None:
    assert (
        "IPv6SendRA=yes\n\n[IPv6SendRA]\nEmitDNS=yes\nDNS=fd00:20::1\n\n[IPv6Prefix]\nPrefix=fd00:20::/64\n"
        in (networkd.files(box(PUPILS))["/etc/systemd/network/50-gatehouse-pupils.network"])
    )
    assert "IPv6SendRA" not in networkd.files(box(STAFF))["/etc/systemd/network/50-gatehouse-staff.network"]


def test_a_vlan_is_made_on_the_card_that_carries_it() -> None:
    files = networkd.files(box(PUPILS, STAFF, GUESTS))
    assert "Kind=vlan\n\n[VLAN]\nId=30\n" in files["/etc/systemd/network/50-gatehouse-staff.netdev"]
    assert "VLAN=eth2.30\n" in files["/etc/systemd/network/50-gatehouse-eth2.network"]
    assert "VLAN=eth1.40\n" in files["/etc/systemd/network/50-gatehouse-pupils.network"]
    assert "/etc/systemd/network/50-gatehouse-eth1.network" not in files


def test_a_machine_must_have_the_cards_and_not_their_vlans() -> None:
    assert networkd.cards(box(PUPILS, STAFF, GUESTS)) == ["eth0", "eth1", "eth2"]


def test_the_way_out_is_left_as_it_is() -> None:
    assert not any("eth0" in text for text in networkd.files(box(PUPILS, STAFF)).values())
