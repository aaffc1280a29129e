"""What several tests of the detection package stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from detection.sealing import new_key
from detection.sensor import Sensor, SensorSettings
from tests.detection.scripted_appliance import ScriptedAppliance, scripted_appliance, token_file
from tests.detection.sensing import FlagsUnkindness, bindings_answer


@pytest.fixture
def appliance() -> Iterator[ScriptedAppliance]:
    with scripted_appliance() as appliance:
        yield appliance


@pytest.fixture
def settings(appliance: ScriptedAppliance, tmp_path: Path) -> SensorSettings:
    new_key(tmp_path / "private", tmp_path / "public")
    appliance.answer = lambda asked: bindings_answer(asked)
    return SensorSettings(
        appliance_url=appliance.url,
        token_file=token_file(tmp_path),
        public_key=tmp_path / "public",
        outbox=tmp_path / "outbox.db",
        bindings_cache=tmp_path / "bindings.json",
        later_seconds=3600,
    )


@pytest.fixture
def sensor(settings: SensorSettings) -> Iterator[Sensor]:
    sensor = Sensor(settings, detector=FlagsUnkindness())
    yield sensor
    sensor.stop()
