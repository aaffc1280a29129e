"""What a second gateway says is checked by name and type; what it is answered it reads the same way."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance import networks
from appliance.gateways import heartbeat
from appliance.gateways.heartbeat import Said
from appliance.models import NetworkAct, NetworkPause, NetworkStep
from detection.json_object import WireError
from tests.appliance import factories
from tests.appliance.factories import NOON

PUPILS = {"name": "pupils", "kind": "managed"}


def body(**fields: Any) -> bytes:
    plain = {"version": 1, "sent_at": NOON.isoformat(), "networks": [PUPILS], "status": {"at": NOON.isoformat()}}
    return json.dumps(plain | fields).encode()


def test_what_it_says_is_read() -> None:
    said = heartbeat.read(body())
    assert (said.sent_at, said.networks) == (NOON, (Said(name="pupils", kind="managed"),))
    assert said.status == {"at": NOON.isoformat()}
    assert heartbeat.read(body(status=None)).status is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": 2}, "version"),
        ({"sent_at": "noon"}, "sent_at"),
        ({"status": []}, "status"),
        ({"status": {"flows": float("inf")}}, "no number"),
        ({"networks": [{"name": "../x", "kind": "managed"}]}, "networks.name"),
        ({"networks": [{"name": "pupils", "kind": "tame"}]}, "kind"),
        ({"networks": [PUPILS] * 65}, "too many"),
    ],
)
def test_anything_else_is_refused_by_name(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(WireError, match=said):
        heartbeat.read(body(**fields))


def test_the_answer_says_how_each_network_stands_and_what_is_left_of_a_pause(session: Session) -> None:
    oak = factories.school(session)
    of = {"organisation_id": oak.id, "network": "pupils", "by": "kim"}
    session.add(NetworkAct(**of, step=NetworkStep.AGREED, at=NOON))
    session.add(NetworkPause(**of, since=NOON, until=NOON + timedelta(minutes=30), why="exam"))
    session.flush()
    named = (Said(name="pupils", kind="managed"), Said(name="guests", kind="guest"))
    standings = networks.standings(session, oak.id, named)
    said = heartbeat.answer(standings, NOON + timedelta(minutes=10), renew=True)
    read = heartbeat.read_answer(json.dumps(said).encode())
    assert read.renew
    assert [(each.name, str(each.reading), each.paused) for each in read.networks] == [
        ("pupils", "read", timedelta(minutes=20)),
        ("guests", "names-only", timedelta(0)),
    ]
    assert read.networks[0].because == "Agreed by kim."
    said["networks"][0]["paused_seconds"] = -1
    with pytest.raises(WireError, match="paused_seconds"):
        heartbeat.read_answer(json.dumps(said).encode())
