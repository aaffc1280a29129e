"""Each worker has ports, an outbox and a status of its own, and shares what is known of people and phrases."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detection.letters import Kind
from detection.outbox import Outbox
from detection.sensor_settings import SensorSettings
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.places import is_waiting, outbox_of, settings_for
from proxy_addons.supervisor.settings import SupervisorSettings


def shared(folder: Path) -> GatewaySettings:
    sensor = SensorSettings(
        appliance_url="http://127.0.0.1:9",
        token_file=folder / "token",
        public_key=folder / "key",
        outbox=folder / "outbox.db",
        bindings_cache=folder / "bindings.json",
    )
    return GatewaySettings(state=folder, sensor=sensor, supervisor=SupervisorSettings())


def test_two_places_share_people_and_phrases_and_nothing_they_write_alone(tmp_path):
    first, second = (settings_for(shared(tmp_path), place) for place in (0, 1))
    assert first.modes == ("transparent@8081", "regular@8481")
    assert not set(first.modes) & set(second.modes)
    assert (first.sensor.bindings_cache, first.sensor.library_bundle) == (
        second.sensor.bindings_cache,
        second.sensor.library_bundle,
    )
    assert len({first.sensor.outbox, second.sensor.outbox, first.status_file, second.status_file}) == 4
    assert (first.listen_host, first.sensor.outbox_megabytes) == ("", 512)


def test_a_place_there_is_not_and_a_file_without_a_supervisor_are_refused(tmp_path):
    with pytest.raises(ValueError, match="place 8"):
        settings_for(shared(tmp_path), 8)
    with pytest.raises(ValueError, match=r"\[supervisor\]"):
        settings_for(replace(shared(tmp_path), supervisor=None), 0)


def test_an_outbox_says_whether_something_waits_in_it(tmp_path):
    file = outbox_of(shared(tmp_path), 3)
    assert not is_waiting(file)
    outbox = Outbox(file)
    assert not is_waiting(file)
    outbox.put(id="a", reported_at=datetime.now(UTC), sealed=b"sealed")
    assert is_waiting(file)
    outbox.set_aside(Kind.DETECTION, "a", "refused")
    assert not is_waiting(file)
    outbox.close()
