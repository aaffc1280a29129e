"""What was agreed for a time only neither comes back with an earlier library nor stays with one gone back to."""

from datetime import date, timedelta
from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import library_layers, library_releases, released_libraries
from appliance.library_releases import Press
from appliance.models import LibraryRelease, Organisation
from detection.group_libraries import applied
from detection.layers import Act, Add, Change, Ignore, Regrade
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY, LOST = a("go away", hits=("go away",)), a("get lost", hits=("get lost",))
NAMED = a("join the union", hits=("join the union",))
PRESS = Press(SigningKey.generate(), library(AWAY, LOST))
DAY = timedelta(days=1)
ENDS = {"expires": date(2026, 3, 5)}
"""Two days after, it is past."""
AFTER = NOON + 2 * DAY


@pytest.fixture
def school(session: Session) -> Organisation:
    return factories.school(session)


def changed(session: Session, of: Organisation, act: Act, **more: Any) -> None:
    change = Change(**{"act": act, "by": "Jo Bell", "at": NOON, "why": "asked for", **more})
    row = library_layers.record(session, of, change, PRESS.shipped)
    row.agreed_at = NOON


def released(session: Session, of: Organisation) -> LibraryRelease:
    return library_releases.release(session, of, PRESS, by="Jo Bell", note="spring term", now=NOON)


def back(session: Session, of: Organisation, to: LibraryRelease, at: Any) -> LibraryRelease:
    return library_releases.rollback(session, of, PRESS, to.version, by="Kim", note="x", now=at)


def said(row: LibraryRelease, group: str = "") -> dict[str, int]:
    school, groups = released_libraries.libraries(row)
    found = applied(school, groups[group]) if group in groups else school
    return {phrase.text: phrase.severity for phrase in found.phrases}


def test_a_phrase_that_singles_somebody_out_does_not_come_back_after_its_end(
    session: Session, school: Organisation
) -> None:
    changed(session, school, Add(NAMED), second="kim", **ENDS)
    with_it = released(session, school)
    assert "join the union" in said(with_it)
    assert said(back(session, school, with_it, AFTER)) == {"go away": 3, "get lost": 3}


def test_nor_does_it_stay_with_a_library_that_was_gone_back_to(session: Session, school: Organisation) -> None:
    changed(session, school, Add(NAMED), second="kim", **ENDS)
    with_it = released(session, school)
    changed(session, school, Ignore(AWAY.id))
    released(session, school)
    gone_back = back(session, school, with_it, NOON + DAY / 24)
    assert "join the union" in said(gone_back)
    assert library_releases.current(session, school, PRESS, NOON + DAY) is gone_back
    row = library_releases.current(session, school, PRESS, AFTER)
    assert (row.note, row.rollback) == ("A change came to its end.", True)
    assert said(row) == {"go away": 3, "get lost": 3}
    assert library_releases.current(session, school, PRESS, AFTER + DAY) is row


def test_what_was_ignored_or_graded_otherwise_for_a_time_is_as_before(session: Session, school: Organisation) -> None:
    changed(session, school, Ignore(AWAY.id), **ENDS)
    changed(session, school, Regrade(LOST.id, 2))
    changed(session, school, Regrade(LOST.id, 5), **ENDS)
    then = released(session, school)
    assert said(then) == {"get lost": 5}
    assert said(back(session, school, then, AFTER)) == {"go away": 3, "get lost": 2}


def test_what_a_group_had_for_a_time_ends_for_it_alone(session: Session, school: Organisation) -> None:
    changed(session, school, Regrade(AWAY.id, 2))
    changed(session, school, Ignore(AWAY.id), group="Year 12", **ENDS)
    changed(session, school, Regrade(LOST.id, 1), group="staff")
    then = released(session, school)
    gone_back = back(session, school, then, AFTER)
    assert said(gone_back, "Year 12") == {"go away": 2, "get lost": 3}
    assert said(gone_back, "staff") == {"go away": 2, "get lost": 1}
    assert list(released_libraries.libraries(gone_back)[1]) == ["staff"]


def test_what_has_not_ended_is_gone_back_to_as_it_was(session: Session, school: Organisation) -> None:
    changed(session, school, Add(NAMED), second="kim", **ENDS)
    then = released(session, school)
    assert back(session, school, then, NOON + DAY).version == then.version
