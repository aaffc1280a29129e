"""A school's sensors get what was released, numbered and signed; by itself only what must change is released again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, library_layers, library_releases, released_libraries
from appliance.entry_kinds import EntryKind
from appliance.library_releases import Press
from appliance.models import Entry, LibraryRelease, Organisation
from detection.group_libraries import Difference
from detection.layers import Act, Change, Ignore
from detection.library import Library
from detection.library_bundle import Bundle, verify
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY, LOST = a("go away", hits=("go away",)), a("get lost", hits=("get lost",))
PRESS = Press(SigningKey.generate(), library(AWAY, LOST))
DAY = timedelta(days=1)


@pytest.fixture
def school(session: Session) -> Organisation:
    return factories.school(session)


def changed(session: Session, of: Organisation, act: Act, at: datetime = NOON, **more: Any) -> None:
    change = Change(act=act, by="Jo Bell", at=at, why="asked for", **more)
    library_layers.record(session, of, change, PRESS.shipped)


def released(session: Session, of: Organisation, at: datetime = NOON) -> LibraryRelease:
    return library_releases.release(session, of, PRESS, by="Jo Bell", note="spring term", now=at)


def opened(session: Session, of: Organisation, row: LibraryRelease, press: Press = PRESS) -> Bundle:
    found = released_libraries.release_of(session, of.id, row.version)
    assert found is not None
    return verify(found.bundle, press.key.verify_key)


def texts(known: Library) -> set[str]:
    return {phrase.text for phrase in known.phrases}


def test_a_release_is_what_a_sensor_can_verify(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id))
    row = released(session, school)
    bundle = opened(session, school, row)
    assert texts(bundle.library) == {"get lost"}
    assert (bundle.serial, bundle.built_by, bundle.built_at, bundle.rollback) == (row.serial, "Jo Bell", NOON, False)
    assert row.version == bundle.library.version
    entry = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
    assert entry is not None
    assert entry.text is not None
    assert (entry.kind, entry.actor) == (EntryKind.LIBRARY_RELEASED, "Jo Bell")
    assert entry.text.text == f"Released the library: serial 2, version {row.version}, 1 phrases. Reason: spring term"
    assert chain_check.faults(session, school.id) == []


def test_a_change_counts_only_once_it_is_released(session: Session, school: Organisation) -> None:
    first = library_releases.current(session, school, PRESS, NOON)
    assert (first.version, first.built_by, first.note) == (PRESS.shipped.version, "system", "The first release.")
    changed(session, school, Ignore(AWAY.id))
    assert library_releases.current(session, school, PRESS, NOON + DAY) is first
    again = released(session, school, NOON + DAY)
    assert library_releases.current(session, school, PRESS, NOON + DAY) is again
    assert (first.serial, again.serial) == (1, 2)


def test_the_shipped_library_is_kept_too_for_sensors_that_have_not_asked_yet(
    session: Session, school: Organisation
) -> None:
    changed(session, school, Ignore(AWAY.id))
    released(session, school)
    rows = released_libraries.of_school(session, school)
    assert [(row.serial, row.note) for row in rows] == [(1, "As shipped."), (2, "spring term")]
    assert released_libraries.release_of(session, school.id, PRESS.shipped.version) is rows[0]


def test_a_change_for_a_group_is_another_version_and_can_be_gone_back_from(
    session: Session, school: Organisation
) -> None:
    first = released(session, school)
    changed(session, school, Ignore(AWAY.id), group="Year 12")
    second = released(session, school, NOON + DAY)
    assert first.version == PRESS.shipped.version != second.version
    assert opened(session, school, second).library.version == PRESS.shipped.version
    entry = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
    assert entry is not None
    assert entry.text is not None
    assert "2 phrases. Otherwise for Year 12. Reason" in entry.text.text
    back = library_releases.rollback(session, school, PRESS, first.version, by="Kim", note="x", now=NOON + DAY)
    assert opened(session, school, back).groups == {}
    on = library_releases.rollback(session, school, PRESS, second.version, by="Kim", note="x", now=NOON + DAY)
    assert opened(session, school, on).groups == {"Year 12": Difference(frozenset({AWAY.id}))}


def test_a_group_that_is_as_its_school_again_is_none(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id), group="Year 12")
    changed(session, school, Ignore(AWAY.id))
    assert opened(session, school, released(session, school)).groups == {}


def test_a_change_for_a_group_comes_to_its_end_too(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id), expires=date(2026, 3, 5), group="Year 12")
    released(session, school)
    row = library_releases.current(session, school, PRESS, NOON + 2 * DAY)
    assert (row.note, row.version) == ("A change came to its end.", PRESS.shipped.version)


def test_what_waits_for_a_second_person_is_in_no_release(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id), second="kim", expires=date(2026, 3, 5))
    assert texts(opened(session, school, released(session, school)).library) == {"go away", "get lost"}
    assert not library_releases.is_due(session, school, PRESS, NOON + 2 * DAY)


def test_a_change_that_comes_to_its_end_is_released_without_anybody(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id), expires=date(2026, 3, 5))
    released(session, school)
    changed(session, school, Ignore(LOST.id), at=NOON + timedelta(hours=1))  # nobody released this one
    assert not library_releases.is_due(session, school, PRESS, NOON + DAY)
    assert library_releases.is_due(session, school, PRESS, NOON + 2 * DAY)
    row = library_releases.current(session, school, PRESS, NOON + 2 * DAY)
    assert (row.built_by, row.note) == ("system", "A change came to its end.")
    assert texts(opened(session, school, row).library) == {"go away", "get lost"}
    assert library_releases.current(session, school, PRESS, NOON + 3 * DAY) is row


def test_a_trusts_change_counts_in_its_schools_and_ends_there_too(session: Session) -> None:
    trust = factories.trust(session)
    school, other = factories.school(session, trust=trust), factories.school(session, "elm")
    changed(session, trust, Ignore(AWAY.id), expires=date(2026, 3, 5))
    assert texts(opened(session, school, released(session, school)).library) == {"get lost"}
    assert texts(opened(session, other, released(session, other)).library) == {"go away", "get lost"}
    assert library_releases.is_due(session, school, PRESS, NOON + 2 * DAY)


def test_another_shipped_library_is_released_with_the_changes_that_were(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id))
    released(session, school)
    newer = replace(PRESS, shipped=library(AWAY, LOST, a("purple giraffe", hits=("purple giraffe",))))
    row = library_releases.current(session, school, newer, NOON + DAY)
    assert row.note == "Gatehouse came with another library."
    assert texts(opened(session, school, row).library) == {"get lost", "purple giraffe"}
    assert library_releases.current(session, school, newer, NOON + DAY) is row


@pytest.mark.parametrize("back", [False, True])
def test_under_another_key_the_same_is_signed_again(session: Session, school: Organisation, back: bool) -> None:
    first = released(session, school)
    if back:
        first = library_releases.rollback(session, school, PRESS, first.version, by="Jo", note="x", now=NOON)
    other = replace(PRESS, key=SigningKey.generate())
    row = library_releases.current(session, school, other, NOON)
    assert (row.version, row.note, row.rollback) == (first.version, "Signed with another key.", back)
    assert opened(session, school, row, other).serial == row.serial


def test_going_back_is_a_release_of_its_own_that_stays(session: Session, school: Organisation) -> None:
    first = released(session, school)
    changed(session, school, Ignore(AWAY.id))
    released(session, school)
    row = library_releases.rollback(
        session, school, PRESS, first.version, by="Kim Lane", note="too quiet", now=NOON + DAY
    )
    bundle = opened(session, school, row)
    assert (bundle.serial, bundle.rollback, bundle.library.version) == (3, True, first.version)
    newer = replace(PRESS, shipped=library(LOST))
    assert library_releases.current(session, school, newer, NOON + DAY) is row
    assert texts(opened(session, school, released(session, school, NOON + DAY)).library) == {"get lost"}


def test_a_school_goes_back_only_to_what_it_had(session: Session, school: Organisation) -> None:
    with pytest.raises(ValueError, match="oak never had a library 000000000000"):
        library_releases.rollback(session, school, PRESS, "0" * 12, by="Jo", note="x", now=NOON)
