"""Whether monitoring works, in one sentence; silence is never taken for health."""

from datetime import UTC, datetime, timedelta

import pytest

from appliance.models import Device
from console.coverage import Coverage
from console.pulse import pulse

NOW = datetime(2025, 3, 4, 14, 30, tzinfo=UTC)
HEARD = NOW - timedelta(minutes=1)


def device(name: str = "hall", kind: str = "gateway", seen: datetime | None = HEARD, revoked: bool = False) -> Device:
    return Device(name=name, kind=kind, last_seen_at=seen, revoked_at=NOW if revoked else None)


WRITING = Coverage(name="hall", written_at=NOW)


@pytest.mark.parametrize(
    ("devices", "gateways", "banners", "well", "said"),
    [
        ([device()], [WRITING], 0, True, "every gateway is reporting, the last one 1 min ago"),
        ([device(), device("old", seen=None, revoked=True)], [], 0, True, "Monitoring works"),
        ([], [], 0, False, "no gateway has been connected"),
        ([device(kind="replay")], [], 0, False, "no gateway has been connected"),
        ([device(kind="agent", seen=None)], [], 0, True, "Devices with the agent"),
        ([device(seen=NOW - timedelta(hours=2))], [], 0, False, "hall was last heard of 2 h ago"),
        ([device(seen=NOW + timedelta(hours=1))], [], 0, False, "The gateway hall was last heard of"),
        ([device()], [Coverage(name="hall", written_at=NOW + timedelta(hours=1))], 0, False, "stopped writing"),
        ([device(seen=None)], [], 0, False, "hall has never been heard of"),
        ([device("a", seen=None), device("b", seen=None)], [], 0, False, "2 gateways are silent"),
        ([device()], [Coverage(name="hall", written_at=NOW - timedelta(hours=1))], 0, False, "stopped writing"),
        ([device()], [Coverage(name="hall", problem="gone")], 0, False, "stopped writing"),
        ([device()], [Coverage(name="hall", written_at=NOW, troubles=("x",))], 0, False, "reports trouble"),
        ([device()], [WRITING], 1, False, "something to tell you"),
    ],
)
def test_pulse(devices: list[Device], gateways: list[Coverage], banners: int, well: bool, said: str) -> None:
    found = pulse(devices, gateways, banners, NOW, "Europe/London")
    assert found.well is well
    assert said in found.sentence


@pytest.mark.parametrize(("dark", "said"), [(["labs"], "network labs is not read"), (["labs", "x"], "labs, x are not")])
def test_a_network_of_which_nothing_is_seen_is_not_well(dark: list[str], said: str) -> None:
    found = pulse([device()], [WRITING], 0, NOW, "Europe/London", dark)
    assert not found.well
    assert said in found.sentence
