"""What a box says of its networks, in the words of the gateway's settings."""

from appliance.provisioning.client_networks import names_only, resolvers, undecryptable
from tests.appliance.provisioning.boxes import box, guests, network


def test_the_boxs_own_resolver_is_asked_before_those_it_asks():
    assert resolvers(box(resolvers=("192.0.2.53",))) == ["127.0.0.1", "192.0.2.53"]


def test_networks_of_peoples_own_devices_and_guests_are_closed_until_somebody_has_signed():
    made = box(network(), guests(kind="guest"), network(name="byod", interface="eth3", kind="byod"))
    assert names_only(made) == ["198.51.100.0/24", "192.0.2.0/24", "2001:db8:1::/64"]
    assert names_only(made, signed={"byod"}) == ["198.51.100.0/24"]


def test_only_what_does_not_pass_anyway_is_said():
    made = box(network(undecryptable="block"), guests(undecryptable="pass"))
    assert undecryptable(made) == {"192.0.2.0/24": "block", "2001:db8:1::/64": "block"}
