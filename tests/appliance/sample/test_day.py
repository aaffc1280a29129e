from collections import Counter
from collections.abc import Mapping

import pytest

from appliance.sample.day import Day, Planned, Talk, load_day, people_csv
from appliance.sample.exchange import Site
from appliance.sample.sites import build_sites
from detection.detector import Detector
from detection.grading import Detection
from tests.appliance.sample.sightings import sightings
from tests.detection.shipped import shipped_detector


@pytest.fixture(scope="module")
def day() -> Day:
    return load_day()


@pytest.fixture(scope="module")
def detections(day: Day) -> Mapping[int, list[Detection]]:
    """What the shipped library finds in each act, by its place in the day; the day is lived through once."""
    detector, sites = shipped_detector(), build_sites()
    return {number: _detections(detector, planned, sites) for number, planned in enumerate(day.acts)}


def _detections(detector: Detector, planned: Planned, sites: Mapping[str, Site]) -> list[Detection]:
    found = [detector.detect(observation) for observation in sightings(planned, sites)]
    return [detection for detection in found if detection]


def test_every_worrying_act_is_found_under_its_category(day: Day, detections: Mapping[int, list[Detection]]) -> None:
    worrying = [(number, planned) for number, planned in enumerate(day.acts) if planned.raises]
    missed = [
        f"{planned.lesson}: {planned.raises} of {planned.people[0].name}; found {_told(detections[number])}"
        for number, planned in worrying
        if planned.raises not in {detection.category for detection in detections[number]}
    ]
    assert not missed, "\n".join(missed)


def test_no_innocent_act_is_raised(day: Day, detections: Mapping[int, list[Detection]]) -> None:
    raised = [
        f"{planned.lesson}: {planned.people[0].name}, {type(planned.act).__name__}: {_told(detections[number])}"
        for number, planned in enumerate(day.acts)
        if not planned.raises and any(detection.severity >= 3 for detection in detections[number])
    ]
    assert not raised, "\n".join(raised)


def _told(detections: list[Detection]) -> list[str]:
    return [f"{d.category} {d.severity} ({d.matches[0].phrase.id})" for d in detections]


def test_the_day_is_mostly_innocent_and_worries_over_many_categories(day: Day) -> None:
    kinds = Counter(planned.raises for planned in day.acts)
    innocent = kinds.pop(None)
    assert innocent > 120
    assert len(kinds) >= 10
    assert max(kinds.values()) <= 2


def test_everybody_has_an_address_of_their_own_and_something_to_do(day: Day) -> None:
    assert len({person.address for person in day.people}) == len(day.people) == 24
    assert {person.role for person in day.people} == {"pupil", "staff"}
    assert {person for planned in day.acts for person in planned.people} == set(day.people)


def test_the_list_of_people_has_a_heading_for_the_import() -> None:
    assert people_csv().splitlines()[0] == "ref,name,role,year,address"


def test_a_stranger_is_no_person_of_the_school(day: Day) -> None:
    talks = [planned.act for planned in day.acts if isinstance(planned.act, Talk)]
    assert {name for talk in talks for name in talk.outsiders} == {"jake_17x"}
    assert all(talk.people for talk in talks)
