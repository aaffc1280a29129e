"""Alone, what was agreed last holds for so many hours and no longer; cut off, nothing is read at once."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.provisioning import network_states
from appliance.provisioning.network_states import NetworkState
from appliance.second import known
from appliance.second.following import Following
from appliance.second.known import State
from detection.client import Answer, Failure, NoAnswerError
from detection.enrolling import device_key
from tests.appliance.factories import NOON
from tests.appliance.second.test_settings import made
from tests.detection.authority import Authority

HOUR = timedelta(hours=1)
PUPILS = {"name": "pupils", "kind": "managed", "because": "Agreed by kim.", "paused_seconds": 0}


@dataclass(frozen=True)
class Card:
    name: str
    kind: str


@dataclass
class Networks:
    """Of a box with one network; what they were made to stand at."""

    stood: list[str] = field(default_factory=list)
    network: tuple[Card, ...] = (Card("pupils", "managed"),)

    @property
    def box(self) -> "Networks":
        return self

    def stand(self, states: Any, now: datetime) -> bool:
        self.stood.append(" ".join(each.reading + (" paused" if each.paused_until else "") for each in states))
        return True

    def least(self) -> tuple[NetworkState, ...]:
        return tuple(network_states.least(each.name, each.kind) for each in self.network)


@dataclass
class First:
    """The first box, as its client here meets it."""

    reading: str = "read"
    paused: int = 0
    status: int = 200
    renew: bool = False
    away: bool = False
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    certificate: str = ""

    def request(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        if self.away:
            raise NoAnswerError(Failure.UNREACHABLE)
        self.asked.append((path, json.loads(body)))
        if path == "/agent/certificate":
            return Answer(status=201, body=json.dumps({"certificate": self.certificate}).encode(), headers={})
        network = PUPILS | {"reading": self.reading, "paused_seconds": self.paused}
        said = {"now": NOON.isoformat(), "renew": self.renew, "networks": [network]}
        return Answer(status=self.status, body=json.dumps(said).encode(), headers={})

    def reread_certificate(self) -> None:
        self.asked.append(("reread", {}))

    def reread_proof(self) -> bool:
        self.asked.append(("look again", {}))
        return False


@dataclass
class Stand:
    folder: Path
    first: First = field(default_factory=First)
    networks: Networks = field(default_factory=Networks)
    now: datetime = NOON
    ticks: float = 0.0
    following: Any = None

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """The program, or the machine, starts anew."""
        loaded = made(
            state=self.folder,
            status=self.folder / "status.json",
            client_key=self.folder / "key",
            client_certificate=self.folder / "crt",
        )
        first: Any = self.first
        networks: Any = self.networks
        self.following = Following(loaded, first, networks, lambda: self.now, lambda: self.ticks)

    def after(self, passed: timedelta, *, wall: timedelta | None = None) -> str:
        """``wall``: what the clock on the wall says has passed, if it was set meanwhile."""
        self.now += passed if wall is None else wall
        self.ticks += passed.total_seconds()
        self.following.round()
        return self.networks.stood[-1] if self.networks.stood else ""

    @property
    def state(self) -> State:
        return known.load(self.folder).state


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)


def test_it_says_how_it_is_and_follows(stand: Stand) -> None:
    (stand.folder / "status.json").write_text('{"at": "x"}')
    assert stand.after(HOUR) == "read"
    path, said = stand.first.asked[0]
    assert (path, said["networks"], said["status"]) == (
        "/gateway/heartbeat",
        [{"name": "pupils", "kind": "managed"}],
        {"at": "x"},
    )
    (stand.folder / "status.json").write_text("{half")
    stand.first.paused = 60
    assert stand.after(HOUR) == "read paused"
    assert stand.first.asked[-1][1]["status"] is None


def test_alone_it_goes_on_for_so_long_and_then_reads_nothing_until_it_hears_again(stand: Stand) -> None:
    stand.after(HOUR)
    stand.first.away = True
    assert stand.after(HOUR) == "read"
    assert stand.state is State.ALONE
    stand.begin()
    assert stand.after(70 * HOUR) == "read"
    assert stand.after(2 * HOUR) == "off"
    assert stand.state is State.TOO_LONG
    stand.begin()
    assert stand.after(HOUR) == "off"
    stand.first.away = False
    assert stand.after(HOUR) == "read"
    assert stand.state is State.FOLLOWING


def test_off_for_too_long_it_reads_nothing_before_it_has_even_asked(stand: Stand) -> None:
    stand.after(HOUR)
    stand.begin()
    stand.networks.stood.clear()
    assert stand.after(73 * HOUR) == "read"
    assert stand.networks.stood == ["off", "read"]


def test_a_clock_that_was_set_back_makes_nothing_hold_longer(stand: Stand) -> None:
    stand.after(HOUR)
    stand.first.away = True
    assert stand.after(73 * HOUR, wall=timedelta(0)) == "off"


@pytest.mark.parametrize("status", [500, 404, 503])
def test_an_answer_that_says_nothing_is_none(stand: Stand, status: int) -> None:
    stand.after(HOUR)
    stand.first.status = status
    assert stand.after(HOUR) == "read"
    assert stand.state is State.ALONE


def test_before_it_has_heard_anything_it_reads_nothing(stand: Stand) -> None:
    stand.first.away = True
    assert stand.after(HOUR) == "off"
    assert stand.state is State.NEW


def test_revoked_it_reads_nothing_at_once_and_away_no_more(stand: Stand) -> None:
    stand.after(HOUR)
    stand.first.status = 401
    assert stand.after(HOUR) == "off"
    assert stand.state is State.CUT_OFF
    assert stand.first.asked[-1] == ("look again", {})
    stand.first.away = True
    stand.begin()
    assert stand.after(HOUR) == "off"


def test_one_whose_certificate_has_ended_is_not_called_revoked(stand: Stand) -> None:
    certificate = Authority().write(stand.folder / "crt").read_text()
    ended_at = datetime.fromisoformat(device_key.life_of(certificate)[1])
    stand.first.status = 401
    stand.after(HOUR)
    assert stand.state is State.CUT_OFF
    stand.now = ended_at
    assert stand.after(HOUR) == "off"
    stand.first.away = True
    stand.begin()
    assert stand.after(HOUR) == "off"
    assert known.load(stand.folder) == known.Known(state=State.ENDED, because={}, ended_at=ended_at)
    stand.first.away, stand.first.status = False, 200
    assert stand.after(HOUR) == "read"
    assert known.load(stand.folder).ended_at is None


def test_it_renews_its_certificate_when_told_and_keeps_the_old_where_the_new_will_not_do(stand: Stand) -> None:
    (stand.folder / "key").write_bytes(device_key.new_key())
    (stand.folder / "crt").write_text("old")
    stand.first.renew, stand.first.certificate = True, "none"
    stand.after(HOUR)
    assert (stand.folder / "crt").read_text() == "old"
    assert ("reread", {}) not in stand.first.asked
