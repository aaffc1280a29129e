"""A network of the box: what would leave it unmonitored or unreachable is refused."""

from typing import Any

import pytest

from appliance.provisioning.box_network import Answer, Kind, Network


def network(**changes: Any) -> Network:
    return Network(**({"name": "pupils", "interface": "eth1", "address": "10.20.0.1/16"} | changes))


def test_little_must_be_said_of_one() -> None:
    plain = network()
    assert (plain.kind, plain.percent, plain.proxy) == (Kind.MANAGED, 100, True)
    assert (plain.tunnels, plain.undecryptable) == (Answer.ALERT, Answer.PASS)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Pupils"}, "small letters"),
        ({"interface": "eth1; flush ruleset"}, "name a card"),
        ({"address": "10.20.0.1"}, "prefix length"),
        ({"address6": "10.0.0.1/8"}, "IPv6"),
        ({"shared": "10.20.0.1"}, "another address of the network"),
        ({"shared": "10.21.0.2"}, "another address of the network"),
        ({"kind": "mine"}, "managed, byod, guest"),
        ({"tunnels": "perhaps"}, "pass, alert, block"),
        ({"percent": 101}, "percent"),
        ({"clear_ports": (0,)}, "clear_ports"),
    ],
)
def test_what_cannot_be_is_refused_and_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        network(**changes)
