"""What a second gateway says of itself every few seconds, read and checked; and what it is answered."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from appliance.networks import Standing
from appliance.provisioning.box_network import NETWORK_NAME, Kind
from appliance.provisioning.network_states import Reading
from detection.json_object import JsonObject, WireError, read_object

MOST_NETWORKS = 64
LONGEST_PAUSE = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A network it stands in."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    sent_at: datetime
    """By its own clock."""
    networks: tuple[Said, ...]
    status: dict[str, Any] | None
    """What its watchdog wrote last; None where there is nothing that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How one of its networks stands."""

    name: str
    kind: str
    reading: Reading
    because: str
    paused: timedelta
    """What is left of a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    renew: bool
    """Whether it is time for a new certificate."""
    networks: tuple[Told, ...]


def read(body: bytes) -> Heartbeat:
    """WireError, which names the field and not what is in it."""
    top = read_object(body)
    if top.whole("version") != 1:
        raise WireError("version: only 1 is known")
    parts = top.parts("networks")
    if len(parts) > MOST_NETWORKS:
        raise WireError("networks: are too many")
    return Heartbeat(sent_at=top.time("sent_at"), networks=tuple(map(_network, parts)), status=_status(top))


def answer(standings: list[Standing], now: datetime, *, renew: bool) -> dict[str, Any]:
    """A pause is told as what is left of it: the other clock need not be ours."""
    return {
        "now": now.isoformat(),
        "renew": renew,
        "networks": [
            {
                "name": each.network.name,
                "kind": each.network.kind,
                "reading": each.reading,
                "because": each.because,
                "paused_seconds": max(0, round((each.pause.until - now).total_seconds())) if each.pause else 0,
            }
            for each in standings
        ],
    }


def read_answer(body: bytes) -> Answer:
    """On the other side. WireError."""
    top = read_object(body)
    return Answer(renew=top.truth("renew"), networks=tuple(map(_told, top.parts("networks"))))


def _status(top: JsonObject) -> dict[str, Any] | None:
    if top.is_null("status"):
        return None
    status = top.value("status")
    if not isinstance(status, dict):
        raise WireError("status: must be an object")
    try:
        json.dumps(status, allow_nan=False)
    except ValueError:
        raise WireError("status: holds what is no number") from None
    return status


def _network(part: JsonObject) -> Said:
    name = part.text("name")
    if not NETWORK_NAME.fullmatch(name):
        raise WireError("networks.name: cannot name a network")
    return Said(name=name, kind=part.enum("kind", Kind))


def _told(part: JsonObject) -> Told:
    network, paused = _network(part), part.whole("paused_seconds")
    if paused not in range(LONGEST_PAUSE + 1):
        raise WireError("networks.paused_seconds: is no time of a pause")
    return Told(
        name=network.name,
        kind=network.kind,
        reading=part.enum("reading", Reading),
        because=part.text("because"),
        paused=timedelta(seconds=paused),
    )
