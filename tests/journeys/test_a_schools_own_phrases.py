"""A school's change of the library, for everybody or for one year, reaches a sensor that runs, outlives the appliance,
and stops or starts raising."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from appliance import organisations, released_libraries, reviewers, store
from appliance.commands import lists
from appliance.config import ApplianceSettings
from appliance.models import Binding, Person, ReviewerRole
from appliance.running.child import Child
from appliance.running.places import Places
from appliance.running.prepare import prepare
from appliance.running.programs import programs
from appliance.running.settings_files import SCHOOL, Ports, write_settings
from detection.grading import Detection
from detection.library import SHIPPED, Library
from detection.library_building import in_cache
from detection.observation import Subject
from detection.sensor import Sensor, SensorSettings
from detection.settings import load as load_settings
from proxy_addons.gateway_settings import GatewaySettings
from tests.appliance.deadline import eventually
from tests.detection.factories import observation
from tests.detection.shipped import shipped_library
from tests.journeys.whole import free_ports

NUMBERS = count()
PASSWORD = "three quiet otters"
YEAR_12, YEAR_9 = "10.9.0.12", "10.9.0.9"
"""Addresses at which pupils of that year sit."""
GIRAFFE = "you are a purple giraffe"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """As ``gatehouse run`` prepares them."""
    places = Places(tmp_path_factory.mktemp("lists") / "data")
    places.make()
    sessions = prepare(places, datetime.now(UTC))
    with sessions.begin() as session:
        people(session)
    sessions.kw["bind"].dispose()
    console, proxy, appliance = free_ports(3)
    write_settings(
        places, Ports(console=console, proxy=proxy, appliance=appliance, agents=9), {}, places.folder / "root.pem"
    )
    return places


def people(session: Session) -> None:
    """Two who may change phrases, and a pupil at each of two addresses."""
    school, now = organisations.get(session, SCHOOL), datetime.now(UTC)
    for login, role in (("jo", ReviewerRole.NETWORK_MANAGER), ("kim", ReviewerRole.DEPUTY)):
        reviewers.add(session, school, login=login, name=login, role=role, email="", password=PASSWORD, now=now)
    for address, year in ((YEAR_12, "12"), (YEAR_9, "9")):
        person = Person(organisation_id=school.id, ref=f"ref-{year}", name=f"Pupil {year}", role="pupil", year=year)
        session.add(person)
        session.flush()
        row = Binding(organisation_id=school.id, person_id=person.id, address=address, source="address-list", since=now)
        session.add(row)


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
    return replace(ours, library_seconds=0.2, bindings_seconds=0.2, second_opinion=False)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def sensor(appliance: Child, settings: SensorSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sensor]:
    made = Sensor(settings, at_hand=in_cache(SHIPPED, tmp_path_factory.mktemp("cache")))
    made.start()
    yield made
    made.stop()


def seen(sensor: Sensor, text: str, subject: Subject) -> Detection | None:
    """Each time in another room, so that it is no repeat."""
    number = next(NUMBERS)
    return sensor.observe(observation(id=f"seen-{number}", conversation=f"room-{number}", subject=subject, text=text))


def raises(sensor: Sensor, text: str) -> bool:
    """Each time as if by somebody else."""
    return seen(sensor, text, replace(observation().subject, people=(f"p-{next(NUMBERS)}",))) is not None


def found_at(sensor: Sensor, address: str, text: str) -> Detection | None:
    """As the gateway has it, who knows people by the address alone."""
    return seen(sensor, text, sensor.bindings.subject_for(address, None, datetime.now(UTC)))


def run(places: Places, *arguments: str) -> None:
    where = ("--school", SCHOOL, "--config", str(places.settings("appliance")))
    assert lists.main([*arguments, *where], ask=lambda _: PASSWORD) == 0


def change(places: Places, *arguments: str) -> None:
    for command in (arguments, ("release",)):
        run(places, *command, "--by", "jo", "--why", "asked for")


def add_giraffe(places: Places, *more: str) -> None:
    given = ("--category", "bullying", "--severity", "4", "--gloss", "A made-up insult.", "--hit", GIRAFFE)
    change(places, "add", "purple giraffe", *given, *more)


def library_named(places: Places, version: str) -> Library | None:
    """By a detection, as the appliance keeps it."""
    sessions = store.sessions(load_settings(places.settings("appliance"), ApplianceSettings).database)
    with store.reading(sessions) as session:
        found = released_libraries.library_of(session, organisations.get(session, SCHOOL).id, version)
    sessions.kw["bind"].dispose()
    return found


def confirmed(sensor: Sensor, since: str = "") -> bool:
    return (sensor.health().library_confirmed or "") > since


def caught_up(sensor: Sensor) -> None:
    """What was released before is in force: the sensor has asked again since, and been answered."""
    for _ in range(2):  # the first answer may have been under way
        since = datetime.now(UTC).isoformat()
        eventually(lambda since=since: confirmed(sensor, since), within=60)  # type: ignore[misc]


def test_out_of_the_box_the_appliance_confirms_the_library_the_sensor_came_with(
    sensor: Sensor, shipped: Library
) -> None:
    eventually(lambda: confirmed(sensor))
    assert (sensor.health().library_version, sensor.health().library_error) == (shipped.version, "")


def test_what_one_year_has_of_its_own_raises_there_alone_and_is_kept(sensor: Sensor, places: Places) -> None:
    eventually(lambda: sensor.bindings.subject_for(YEAR_12, None, datetime.now(UTC)).group == "Year 12")
    add_giraffe(places, "--group", "Year 12")
    caught_up(sensor)
    assert found_at(sensor, YEAR_9, GIRAFFE) is None
    assert found_at(sensor, "10.9.0.77", GIRAFFE) is None
    detection = found_at(sensor, YEAR_12, GIRAFFE)
    assert detection is not None
    kept = library_named(places, detection.library_version)
    assert kept is not None
    assert detection.matches[0].phrase in kept.phrases
    assert detection.library_version != sensor.health().library_version
    run(places, "withdraw", "1", "--by", "jo", "--why", "a mistake")
    run(places, "release", "--by", "jo", "--why", "a mistake")
    caught_up(sensor)
    assert found_at(sensor, YEAR_12, GIRAFFE) is None
    assert library_named(places, detection.library_version) == kept


def test_a_phrase_the_school_ignores_stops_raising_without_a_restart_once_both_agree(
    sensor: Sensor, places: Places, shipped: Library
) -> None:
    phrase, text = lonely(shipped, sensor)
    change(places, "ignore", phrase, "--second", "kim")
    caught_up(sensor)
    assert raises(sensor, text)
    run(places, "agree", "2", "--by", "kim")
    run(places, "release", "--by", "jo", "--why", "asked for")
    caught_up(sensor)
    assert not raises(sensor, text)
    assert sensor.health().library_version != shipped.version
    assert sensor.health().running


def test_a_phrase_of_the_schools_own_starts_raising_and_outlives_a_restart_without_the_appliance(
    sensor: Sensor, places: Places, appliance: Child, settings: SensorSettings, tmp_path: Path
) -> None:
    assert not raises(sensor, GIRAFFE)
    add_giraffe(places)
    change(places, "ignore", "en.bullying.purple-giraffe", "--group", "Year 12")
    caught_up(sensor)
    assert raises(sensor, GIRAFFE)
    assert found_at(sensor, YEAR_12, GIRAFFE) is None
    appliance.stop(30)
    eventually(lambda: sensor.health().library_error == "unreachable")
    assert raises(sensor, GIRAFFE)
    again = Sensor(replace(settings, outbox=tmp_path / "outbox.db"))
    assert again.health().library_version == sensor.health().library_version
    assert raises(again, GIRAFFE)
    assert found_at(again, YEAR_12, GIRAFFE) is None
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
