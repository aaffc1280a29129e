"""What several tests of the detection package stand on."""

from collections.abc import Iterator

import pytest

from tests.detection.scripted_appliance import ScriptedAppliance, scripted_appliance


@pytest.fixture
def appliance() -> Iterator[ScriptedAppliance]:
    with scripted_appliance() as appliance:
        yield appliance
