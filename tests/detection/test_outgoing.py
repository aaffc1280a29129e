"""What is reported leaves the sensor, from the disk or from memory, and what does not is counted."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detection.client import Client
from detection.outbox import Outbox
from detection.outgoing import OPEN, Discretion, Outgoing
from detection.sealing import Opener, read_public_key
from detection.sensor import SensorSettings
from detection.sensor_health import SensorTally
from detection.wire import parse
from tests.detection.factories import detection, observation
from tests.detection.scripted_appliance import Asked, Scripted, ScriptedAppliance

Make = Callable[..., Outgoing]


@pytest.fixture
def make(settings: SensorSettings) -> Iterator[Make]:
    client = Client(settings.client)

    def made(discretion: Discretion = OPEN, max_bytes: int = 2**22) -> Outgoing:
        return Outgoing(
            Outbox(settings.outbox, max_bytes),
            client,
            read_public_key(settings.public_key),
            SensorTally(),
            clock=lambda: datetime.now(UTC),
            later_seconds=0.0,
            discretion=discretion,
        )

    yield made
    client.close()


def opened(asked: Asked, folder: Path) -> bytes:
    return Opener((folder / "private").read_bytes()).open(base64.b64decode(asked.json["sealed"]))


def report(outgoing: Outgoing, id: str = "a", text: str = "nobody likes you") -> None:
    outgoing.report(detection(observation=observation(id=id, text=text)), None, None)


def test_what_is_reported_is_delivered_before_the_end(make: Make, appliance: ScriptedAppliance, tmp_path: Path) -> None:
    outgoing = make()
    outgoing.start()
    assert outgoing.running
    report(outgoing)
    assert outgoing.drain(20)
    assert outgoing.stop(20)
    outgoing.close()
    (asked,) = appliance.asked
    assert parse(opened(asked, tmp_path)).detection.observation.id == "a"
    assert outgoing.state.last_success is not None


def test_what_is_not_delivered_in_time_stays_on_the_disk(
    make: Make, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    appliance.afterwards = Scripted(503)
    outgoing = make()
    outgoing.start()
    report(outgoing)
    assert not outgoing.drain(0.2)
    assert outgoing.counts().waiting == 1
    assert outgoing.stop(20)
    outgoing.close()
    assert Outbox(tmp_path / "outbox.db").counts().waiting == 1


def test_what_the_disk_does_not_take_is_counted_with_what_it_did(make: Make) -> None:
    outgoing = make(max_bytes=2**20)
    for number in range(60):
        report(outgoing, str(number), "nobody likes you " * 2000)
    assert outgoing.counts().waiting == 60
    assert outgoing.counts().oldest_waiting == observation().reported_at
    assert not outgoing.stop(5), "what is in memory alone is lost"
    outgoing.close()


def test_with_discretion_it_goes_in_rounds_and_in_steps(
    make: Make, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    outgoing = make(Discretion(step=8192, rounds=0.1))
    outgoing.start()
    report(outgoing)
    assert outgoing.drain(20)
    outgoing.stop(20)
    outgoing.close()
    (asked,) = appliance.asked
    assert len(opened(asked, tmp_path)) == 8192
