"""A school's change of the library reaches a sensor that runs, outlives the appliance, and stops or starts raising."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from appliance.commands import lists
from appliance.running.child import Child
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.programs import programs
from appliance.running.settings_files import SCHOOL, Ports, write_settings
from detection.library import SHIPPED, Library, load
from detection.sensor import Sensor, SensorSettings
from detection.settings import load as load_settings
from proxy_addons.gateway_settings import GatewaySettings
from tests.appliance.deadline import eventually
from tests.detection.factories import observation
from tests.journeys.whole import free_ports

NUMBERS = count()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """As ``gatehouse run`` prepares them."""
    places = Places(tmp_path_factory.mktemp("lists") / "data")
    places.make()
    prepare(places, datetime.now(UTC)).kw["bind"].dispose()
    console, proxy, appliance = free_ports(3)
    write_settings(places, Ports(console=console, proxy=proxy, appliance=appliance), {}, places.folder / "root.pem")
    return places


@pytest.fixture(scope="module")
def appliance(places: Places) -> Iterator[Child]:
    (program,) = (each for each in programs(places) if each.name == "appliance")
    child = Child(program)
    eventually(lambda: child.is_ready or child.status is not None, within=60)
    assert child.status is None, child.tail
    yield child
    child.stop(30)


@pytest.fixture(scope="module")
def settings(places: Places) -> SensorSettings:
    """The gateway's own, in more of a hurry and without the model, which is not what this is about."""
    ours = load_settings(places.settings("gateway"), GatewaySettings).sensor
    return replace(ours, library_seconds=0.2, second_opinion=False)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load(SHIPPED)


@pytest.fixture(scope="module")
def sensor(appliance: Child, settings: SensorSettings) -> Iterator[Sensor]:
    made = Sensor(settings)
    made.start()
    yield made
    made.stop()


def raises(sensor: Sensor, text: str) -> bool:
    """Each time as if by somebody else, so that it is no repeat."""
    number = next(NUMBERS)
    subject = replace(observation().subject, people=(f"p-{number}",))
    return (
        sensor.observe(observation(id=f"seen-{number}", conversation=f"room-{number}", subject=subject, text=text))
        is not None
    )


def change(places: Places, *arguments: str) -> None:
    who = ("--school", SCHOOL, "--config", str(places.settings("appliance")), "--by", "Jo Bell", "--why", "asked for")
    for command in (arguments, ("release",)):
        assert lists.main([*command, *who]) == 0


def confirmed(sensor: Sensor) -> bool:
    return sensor.health().library_confirmed is not None


def test_out_of_the_box_the_appliance_confirms_the_library_the_sensor_came_with(
    sensor: Sensor, shipped: Library
) -> None:
    eventually(lambda: confirmed(sensor))
    assert (sensor.health().library_version, sensor.health().library_error) == (shipped.version, "")


def test_a_phrase_the_school_ignores_stops_raising_without_a_restart(
    sensor: Sensor, places: Places, shipped: Library
) -> None:
    phrase, text = lonely(shipped, sensor)
    change(places, "ignore", phrase, "--second", "Kim Lane")
    eventually(lambda: not raises(sensor, text))
    assert sensor.health().library_version != shipped.version
    assert sensor.health().running


def test_a_phrase_of_the_schools_own_starts_raising_and_outlives_a_restart_without_the_appliance(
    sensor: Sensor, places: Places, appliance: Child, settings: SensorSettings, tmp_path: Path
) -> None:
    text = "you are a purple giraffe"
    assert not raises(sensor, text)
    given = ("--category", "bullying", "--severity", "4", "--gloss", "A made-up insult.", "--hit", text)
    change(places, "add", "purple giraffe", *given)
    eventually(lambda: raises(sensor, text))
    appliance.stop(30)
    eventually(lambda: sensor.health().library_error == "unreachable")
    assert raises(sensor, text)
    again = Sensor(replace(settings, outbox=tmp_path / "outbox.db"))
    assert again.health().library_version == sensor.health().library_version
    assert raises(again, text)
    again.stop()


def lonely(shipped: Library, sensor: Sensor) -> tuple[str, str]:
    """The id of a phrase and a sentence that raises, by this phrase alone."""
    for phrase in shipped.phrases:
        if phrase.id.startswith("en.bullying.") and phrase.severity >= 3 and not phrase.near:
            text = phrase.hits[0]
            found = sensor.observe(observation(id=f"lonely-{next(NUMBERS)}", text=text, conversation=phrase.id))
            if found and {match.phrase.id for match in found.matches} == {phrase.id}:
                return phrase.id, text
    raise AssertionError("the shipped library has no such phrase")
