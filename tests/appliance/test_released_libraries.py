"""Which library is in force, and any that a detection names, can be had whatever was released since."""

from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import library_layers, library_releases, released_libraries
from appliance.library_releases import Press
from appliance.models import LibraryRelease, Organisation
from detection.group_libraries import NO_GROUPS
from detection.group_matchers import GroupMatchers
from detection.layers import Act, Change, Ignore, Regrade
from detection.library import Library
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY, LOST = a("go away", hits=("go away",)), a("get lost", hits=("get lost",))
PRESS = Press(SigningKey.generate(), library(AWAY, LOST))


@pytest.fixture
def school(session: Session) -> Organisation:
    return factories.school(session)


def changed(session: Session, of: Organisation, act: Act, **more: Any) -> None:
    change = Change(act=act, by="Jo Bell", at=NOON, why="asked for", **more)
    library_layers.record(session, of, change, PRESS.shipped)


def released(session: Session, of: Organisation) -> LibraryRelease:
    return library_releases.release(session, of, PRESS, by="Jo Bell", note="spring term", now=NOON)


def test_in_force_is_what_was_released_last_and_before_that_the_shipped_one(
    session: Session, school: Organisation
) -> None:
    assert released_libraries.in_force(session, school, PRESS.shipped) == (PRESS.shipped, NO_GROUPS)
    changed(session, school, Ignore(AWAY.id))
    assert released_libraries.in_force(session, school, PRESS.shipped) == (PRESS.shipped, NO_GROUPS)
    released(session, school)
    assert released_libraries.in_force(session, school, PRESS.shipped) == (library(LOST), NO_GROUPS)


def test_the_library_a_detection_names_can_be_fetched_whatever_was_released_since(
    session: Session, school: Organisation
) -> None:
    named = released(session, school)
    capture = factories.capture(
        session, factories.incident(session, school), factories.device(session, school), library_version=named.version
    )
    for severity in (1, 2, 5):
        changed(session, school, Regrade(AWAY.id, severity))
        released(session, school)
    found = released_libraries.library_of(session, school.id, capture.library_version)
    assert found is not None
    assert found.version == capture.library_version
    assert released_libraries.library_of(session, factories.school(session, "elm").id, capture.library_version) is None


def grades(found: Library | None) -> dict[str, int]:
    return {phrase.text: phrase.severity for phrase in found.phrases} if found else {}


def test_the_library_of_a_group_is_what_a_sensor_compares_with_and_can_be_fetched_too(
    session: Session, school: Organisation
) -> None:
    changed(session, school, Regrade(AWAY.id, 2))
    changed(session, school, Regrade(AWAY.id, 5), group="Year 12")
    changed(session, school, Ignore(LOST.id), group="staff")
    both = released_libraries.libraries(released(session, school))
    matchers = GroupMatchers(*both)
    named = {group: matchers.of(group).version for group in ("", "Year 12", "staff")}
    changed(session, school, Ignore(AWAY.id))
    released(session, school)
    assert {group: grades(released_libraries.library_of(session, school.id, named[group])) for group in named} == {
        "": {"go away": 2, "get lost": 3},
        "Year 12": {"go away": 5, "get lost": 3},
        "staff": {"go away": 2},
    }
    assert released_libraries.libraries_with(session, school.id, named["staff"]) == both
    assert released_libraries.libraries_with(session, school.id, "of nobody") is None
