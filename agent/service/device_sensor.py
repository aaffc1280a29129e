"""The sensor all programs share, as a device has it: what it keeps is sealed, and its rounds tell nothing."""

from collections.abc import Callable
from datetime import datetime

from agent.enrolment.enrolled import Enrolled
from agent.service.outbox import DeviceOutbox
from agent.service.sealed_file import SealedFile
from agent.service.settings import AgentSettings
from detection.beginnings import SMALL
from detection.grading import Detection
from detection.library_building import Building
from detection.outgoing import Discretion
from detection.sensor import Sensor, SensorSettings

REPORT_STEP = 16384
"""Bytes by which what is sealed grows."""


def device_sensor(
    settings: AgentSettings,
    device: Enrolled,
    outbox: DeviceOutbox,
    *,
    keeps: Callable[[Detection], bool],
    second_opinion: bool,
    clock: Callable[[], datetime],
) -> Sensor:
    """``keeps`` as for a Sensor; ``second_opinion``: with the model. A doubtful start raises as a Sensor's does."""
    return Sensor(
        SensorSettings(
            appliance_url=device.appliance_url,
            client_certificate=device.certificate,
            client_key=device.key,
            ca_file=device.trusted,
            public_key=device.public_key,
            outbox=settings.outbox,
            library=settings.library,
            library_key=device.library_key,
            library_seconds=settings.library_seconds,
            second_opinion=second_opinion,
        ),
        clock=clock,
        outbox=outbox,
        library=SealedFile.of(settings.state, device.key, "library"),
        building=Building(SealedFile.of(settings.state, device.key, "built"), SMALL),
        keeps=keeps,
        discretion=Discretion(step=REPORT_STEP, rounds=settings.round_seconds),
    )
