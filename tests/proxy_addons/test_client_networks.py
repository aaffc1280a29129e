import pytest

from proxy_addons.client_networks import ClientNetworks

NETWORKS = ClientNetworks({"10.20.0.0/16": "pupils", "10.20.5.0/24": "library", "2001:db8:1::/48": "pupils"})


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("10.20.1.9", "pupils"),
        ("10.20.5.9", "library"),
        ("2001:db8:1::9", "pupils"),
        ("10.30.0.1", None),
        ("2001:db8:2::9", None),
        ("", None),
    ],
)
def test_the_smallest_network_of_a_client_counts(address, value):
    assert NETWORKS.of(address) == value


@pytest.mark.parametrize("network", ["10.20.0.1/16", "pupils", "10.0.0.0/64"])
def test_what_is_no_network_is_refused(network):
    with pytest.raises(ValueError, match=network.partition("/")[0]):
        ClientNetworks({network: "x"})
