"""A heartbeat is read whole, or refused with the name of the field that is wrong."""

import json
from typing import Any

import pytest

from appliance.agents import heartbeat
from detection.json_object import WireError
from tests.appliance.agents import device
from tests.appliance.factories import NOON


def read(**fields: Any) -> heartbeat.Heartbeat:
    return heartbeat.read(json.dumps(device.heartbeat(NOON) | fields).encode())


def test_what_a_device_says_is_read() -> None:
    said = read(sign_ins=[device.sign_in(NOON)], events=[device.event(NOON, until=NOON.isoformat())])
    assert (said.sent_at, said.waiting, said.addresses) == (NOON, 0, ("127.0.0.1",))
    assert (said.sign_ins[0].account, said.sign_ins[0].until) == ("s.field", None)
    assert (said.events[0].kind, said.events[0].until) == ("started", NOON)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": 2}, "version"),
        ({"outbox": {"waiting": -1, "set_aside": 0, "dropped": 0, "oldest_waiting": None}}, r"outbox\.waiting"),
        ({"addresses": ["nowhere"]}, r"addresses\[0\]: is no IP address"),
        ({"sent_at": "1066-01-01T00:00:00+00:00"}, "sent_at"),
        ({"system": "x" * 201}, "system: is longer"),
        ({"sign_ins": [{"id": "s1"}]}, r"sign_ins\[0\]\.account"),
        ({"sign_ins": [device.sign_in(NOON)] * 5001}, "sign_ins: more than"),
        ({"events": [device.event(NOON) | {"at": 7}]}, r"events\[0\]\.at"),
    ],
)
def test_what_is_wrong_is_named(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError, match=said):
        read(**fields)


def test_sentences_are_cut_and_zones_of_addresses_left_out() -> None:
    said = read(health=["x" * 1000] * 100, addresses=["fe80::1%eth0"])
    assert (len(said.health), len(said.health[0]), said.addresses) == (20, 300, ("fe80::1",))
