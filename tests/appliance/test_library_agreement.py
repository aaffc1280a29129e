"""A change with a second person counts from the moment that person agrees, and not before."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, library_layers
from appliance.library_agreement import agree, waiting
from appliance.models import Entry, LibraryChange, Organisation
from detection.layers import Act, Change, Ignore, Regrade
from detection.library import Category
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY, GRAVE = a("go away"), a("end it all", Category.SUICIDE, 5)
SHIPPED = library(AWAY, GRAVE)
IGNORED = Ignore(GRAVE.id)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def school(session: Session) -> Organisation:
    return factories.school(session)


def record(session: Session, of: Organisation, act: Act = IGNORED, **more: Any) -> LibraryChange:
    change = Change(**{"act": act, "by": "jo", "second": "kim", "at": NOON, "why": "asked for", **more})
    return library_layers.record(session, of, change, SHIPPED)


def withdraw(session: Session, of: Organisation, number: int) -> LibraryChange:
    return library_layers.withdraw(session, of, number, SHIPPED, by="jo", second="kim", why="a mistake", now=LATER)


def standing(session: Session, of: Organisation) -> list[Act]:
    return [each.act for each in library_layers.layers_of(session, of, SHIPPED, LATER)[-1]]


def last_entry(session: Session) -> tuple[str, str]:
    entry = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
    assert entry is not None
    assert entry.text is not None
    return entry.actor, entry.text.text


def test_a_change_counts_once_the_second_person_agreed(session: Session, school: Organisation) -> None:
    row = record(session, school)
    assert standing(session, school) == []
    agree(session, school, row.id, SHIPPED, by="kim", now=LATER)
    assert standing(session, school) == [Ignore(GRAVE.id)]
    said = f"Agreed to change {row.id} of jo. Ignored en.suicide.end-it-all. Reason: asked for"
    assert last_entry(session) == ("reviewer:kim", said)
    assert chain_check.faults(session, school.id) == []


def test_a_withdrawal_counts_once_the_second_person_agreed(session: Session, school: Organisation) -> None:
    row = record(session, school, Regrade(GRAVE.id, 4))
    agree(session, school, row.id, SHIPPED, by="kim", now=NOON)
    withdraw(session, school, row.id)
    assert standing(session, school) == [Regrade(GRAVE.id, 4)]
    agree(session, school, row.id, SHIPPED, by="kim", now=LATER)
    assert standing(session, school) == []
    said = f"Agreed that jo withdraws change {row.id}. Re-graded en.suicide.end-it-all to severity 4. Reason: a mistake"
    assert last_entry(session) == ("reviewer:kim", said)


def test_nobody_else_agrees_and_nobody_twice(session: Session, school: Organisation) -> None:
    row = record(session, school)
    for by in ("jo", "lee"):
        with pytest.raises(ValueError, match=f"change {row.id} waits for kim, not for {by}"):
            agree(session, school, row.id, SHIPPED, by=by, now=LATER)
    agree(session, school, row.id, SHIPPED, by="kim", now=LATER)
    with pytest.raises(ValueError, match="waits for anybody"):
        agree(session, school, row.id, SHIPPED, by="kim", now=LATER)


def test_only_what_waits_in_the_school_is_agreed_to(session: Session, school: Organisation) -> None:
    alone, row = record(session, school, Ignore(AWAY.id), second=""), record(session, school)
    for of, number in ((factories.school(session, "elm"), row.id), (school, alone.id), (school, row.id + 1)):
        with pytest.raises(ValueError, match=f"has no change {number} that waits"):
            agree(session, of, number, SHIPPED, by="kim", now=LATER)


def test_what_speaks_against_it_by_now_is_said_before_it_counts(session: Session, school: Organisation) -> None:
    one, other = record(session, school), record(session, school)
    agree(session, school, one.id, SHIPPED, by="kim", now=NOON)
    with pytest.raises(ValueError, match="is ignored already"):
        agree(session, school, other.id, SHIPPED, by="kim", now=LATER)


def test_of_two_about_one_phrase_that_agreed_to_last_has_the_last_word(session: Session, school: Organisation) -> None:
    asked = record(session, school, Regrade(AWAY.id, 5))
    record(session, school, Regrade(AWAY.id, 1), second="", at=NOON + timedelta(minutes=1))
    agree(session, school, asked.id, SHIPPED, by="kim", now=LATER)
    assert standing(session, school) == [Regrade(AWAY.id, 1), Regrade(AWAY.id, 5)]


def test_what_waits_in_the_trust_is_known_in_its_schools(session: Session) -> None:
    trust = factories.trust(session)
    school = factories.school(session, trust=trust)
    rows = [record(session, trust), record(session, school, Ignore(AWAY.id)), record(session, school)]
    withdraw(session, school, rows[2].id)
    assert waiting(session, school) == rows[:2]
