"""A device's sensor detects with the library it was given, and what it detects waits in the device's own outbox."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.enrolment.derived_key import derived
from agent.enrolment.enrol import enrol
from agent.service.device_sensor import device_sensor
from agent.service.outbox import DeviceOutbox
from agent.service.settings import AgentSettings
from detection.observation import Channel, Direction, Observation, Subject
from detection.sensor import Sensor
from tests.agent.appliance import AgentsAppliance, agents_appliance
from tests.agent.enrolment.test_enrol import asked
from tests.agent.service.device import HURTS
from tests.detection import libraries

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@pytest.fixture
def appliance(tmp_path: Path) -> Iterator[AgentsAppliance]:
    with agents_appliance(tmp_path / "box") as made:
        yield made


def sensor(folder: Path, appliance: AgentsAppliance, outbox: list[DeviceOutbox], *, keeps: bool = True) -> Sensor:
    libraries.write(folder / "library")
    settings = AgentSettings(state=folder, library=folder / "library", free_megabytes=0)
    device = enrol(asked(appliance), folder)
    outbox.append(DeviceOutbox(settings.outbox, derived(device.key, "outbox"), 2**20))
    made = device_sensor(settings, device, outbox[0], keeps=lambda _: keeps, second_opinion=False, clock=lambda: NOW)
    made.client.close()
    return made


def observation(text: str) -> Observation:
    return Observation(
        id="a",
        seen_at=NOW,
        reported_at=NOW,
        subject=Subject(organisation="hill-school", people=("p-17",)),
        channel=Channel.MESSAGE,
        direction=Direction.WRITTEN,
        app="Editor",
        location="Untitled",
        text=text,
    )


@pytest.mark.parametrize(("text", "keeps", "waits"), [(HURTS, True, 1), (HURTS, False, 0), ("a quiet day", True, 0)])
def test_what_is_detected_and_kept_waits_in_the_devices_outbox(
    tmp_path: Path, appliance: AgentsAppliance, text: str, keeps: bool, waits: int
) -> None:
    outbox = list[DeviceOutbox]()
    made = sensor(tmp_path / "device", appliance, outbox, keeps=keeps)
    made.observe(observation(text), lambda: None)
    assert outbox[0].counts().waiting == waits
    outbox[0].close()


def test_what_is_built_of_a_library_is_kept_sealed(tmp_path: Path, appliance: AgentsAppliance) -> None:
    outbox = list[DeviceOutbox]()
    sensor(tmp_path / "device", appliance, outbox)
    assert (tmp_path / "device" / "built.sealed").exists()
    outbox[0].close()
