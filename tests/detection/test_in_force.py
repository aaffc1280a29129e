"""Which library a sensor compares with: its own, or one released meanwhile."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from detection import library_keys
from detection.kept_file import KeptFile
from detection.library import Library
from detection.library_building import Building
from detection.library_bundle import Bundle, build
from detection.sensor import Sensor, SensorSettings
from detection.shipped_library import shipped
from tests.detection import libraries
from tests.detection.factories import observation, phrase
from tests.detection.scripted_appliance import Asked, Scripted, ScriptedAppliance, eventually
from tests.detection.sensing import bindings_answer


def library(text: str) -> Library:
    return Library((phrase(text=text, id="en.bullying.made-up"),))


def test_a_new_library_counts_from_the_next_observation(sensor: Sensor) -> None:
    sensor._in_force.replace(library("purple giraffe"))
    assert sensor.observe(observation(text="what a purple giraffe you are"))
    version = sensor.health().library_version
    assert version
    sensor._in_force.replace(library("green giraffe"))
    assert sensor.observe(observation(text="some other purple giraffe")) is None
    again = sensor.observe(observation(text="look, a green giraffe"))
    assert again
    assert [earlier.text for earlier in again.before] == ["what a purple giraffe you are", "some other purple giraffe"]
    assert sensor.health().library_version != version


def test_the_shipped_library_is_used_where_none_is_set(settings: SensorSettings, tmp_path: Path) -> None:
    sensor = Sensor(settings, building=Building(KeptFile(tmp_path / "built")))
    assert sensor.health().library_version == shipped().version
    assert sensor.observe(observation(text="a quiet afternoon of swimming")) is None
    sensor.stop()


def releases(settings: SensorSettings, appliance: ScriptedAppliance) -> tuple[SensorSettings, list[Scripted]]:
    """Settings of a sensor that follows the appliance's libraries, and what it is answered next, then 304."""
    answers: list[Scripted] = []

    def answer(asked: Asked) -> Scripted | None:
        if asked.path == "/library":
            return answers.pop(0) if answers else Scripted(304)
        return bindings_answer(asked)

    appliance.answer = answer
    folder = settings.public_key.parent
    library_keys.new_key(folder / "library.key", folder / "library.pub")
    return replace(settings, library_key=folder / "library.pub", library_seconds=0.01), answers


def released(settings: SensorSettings, text: str, serial: int) -> Scripted:
    known = Library((phrase(text=text, id="en.bullying.made-up", hits=(text,)),))
    bundle = Bundle(library=known, serial=serial, built_by="Jo Bell", built_at=observation().seen_at)
    key = library_keys.read_private(settings.public_key.parent / "library.key")
    return Scripted(200, build(bundle, key), {"ETag": f'"{known.version}"'})


def test_a_released_library_counts_without_a_restart_and_after_one(
    settings: SensorSettings, appliance: ScriptedAppliance
) -> None:
    following, answers = releases(settings, appliance)
    answers += [Scripted(503), released(following, "purple giraffe", 1), released(following, "green giraffe", 2)]
    first = Sensor(replace(following, library=libraries.write(settings.public_key.parent / "own")))
    shipped = first.health().library_version
    first.start()
    eventually(lambda: first.observe(observation(text="look, a green giraffe")) is not None)
    health = first.health()
    assert health.library_version != shipped
    assert (health.library_confirmed is not None, health.library_error, health.running) == (True, "", True)
    first.stop()
    second = Sensor(following)
    assert (second.health().library_version, second.health().library_confirmed) == (health.library_version, None)
    assert second.observe(observation(text="another green giraffe"))
    second.stop()


def test_a_small_sensor_has_a_child_build_a_library_once_and_starts_with_it(
    settings: SensorSettings, appliance: ScriptedAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    following, answers = releases(settings, appliance)
    answers += [released(following, "purple giraffe", 1), released(following, "green giraffe", 2)]
    following = replace(following, library=libraries.write(settings.public_key.parent / "own"))
    building = Building(KeptFile(settings.public_key.parent / "built"))
    first = Sensor(following, building=building)
    assert first.observe(observation(text="nobody likes you"))
    first.start()
    eventually(lambda: first.observe(observation(text="look, a green giraffe")) is not None)
    first.stop()
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it is built again"))
    second = Sensor(following, building=building)
    assert second.health().library_version == first.health().library_version
    assert second.observe(observation(text="another green giraffe"))
    second.stop()


def test_a_library_that_does_not_verify_is_told_and_not_used(
    settings: SensorSettings, appliance: ScriptedAppliance
) -> None:
    following, answers = releases(settings, appliance)
    good = released(following, "purple giraffe", 1)
    answers += [replace(good, body=good.body.replace(b"purple", b"purble"))] * 1000
    sensor = Sensor(replace(following, library=libraries.write(settings.public_key.parent / "own")))
    before = sensor.health().library_version
    sensor.start()
    eventually(lambda: "not signed with the appliance's key" in sensor.health().library_error)
    assert (sensor.health().library_version, sensor.health().library_confirmed) == (before, None)
    sensor.stop()


def test_without_a_key_no_library_is_asked_for(sensor: Sensor, appliance: ScriptedAppliance) -> None:
    sensor.start()
    eventually(lambda: sensor.health().bindings_confirmed is not None)
    assert "/library" not in {asked.path for asked in appliance.asked}
    assert (sensor.health().library_confirmed, sensor.health().library_error) == (None, "")
