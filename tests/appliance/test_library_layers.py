"""What is changed about the library is checked, kept as a row, and said in the chronology."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, library_layers
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, LibraryChange, Organisation
from detection.layers import Act, Add, Change, Ignore, Layer, Regrade
from detection.library import Category
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY = a("go away")
GRAVE = a("end it all", Category.SUICIDE, 5)
SHIPPED = library(AWAY, GRAVE)
OWN = a("purple giraffe", hits=("you purple giraffe",), near=("zoo",))


def change(act: Act, **more: Any) -> Change:
    return Change(**{"act": act, "by": "Jo Bell", "at": NOON, "why": "asked for", **more})


def record(session: Session, of: Organisation, act: Act, **more: Any) -> LibraryChange:
    return library_layers.record(session, of, change(act, **more), SHIPPED)


def said(session: Session) -> list[tuple[str, str, str]]:
    entries = session.scalars(select(Entry).order_by(Entry.organisation_id, Entry.sequence))
    return [(entry.kind, entry.actor, entry.text.text if entry.text else "") for entry in entries]


@pytest.mark.parametrize(
    ("act", "more", "entry"),
    [
        (
            Add(a("purple giraffe", hits=("you purple giraffe",))),
            {},
            "Added en.bullying.purple-giraffe, “purple giraffe”, severity 3. Reason: asked for",
        ),
        (
            Ignore(AWAY.id),
            {"expires": date(2026, 5, 3)},
            "Ignored en.bullying.go-away, until 03 May 2026. Reason: asked for",
        ),
        (
            Regrade(AWAY.id, 4),
            {"group": "Year 12"},
            "Re-graded en.bullying.go-away to severity 4 for Year 12. Reason: asked for",
        ),
    ],
    ids=["add", "ignore", "regrade"],
)
def test_a_change_comes_back_as_it_was_made_with_its_entry(
    session: Session, act: Act, more: dict[str, Any], entry: str
) -> None:
    school = factories.school(session)
    row = record(session, school, act, **more)
    session.expire(row)
    assert library_layers.layers_of(session, school, SHIPPED, NOON, more.get("group", ""))[-1] == (change(act, **more),)
    assert said(session) == [(EntryKind.LIBRARY_CHANGED, "Jo Bell", entry)]
    assert chain_check.faults(session, school.id) == []


def test_a_change_that_may_not_be_made_leaves_nothing_behind(session: Session) -> None:
    school = factories.school(session)
    with pytest.raises(ValueError, match="only with a second person"):
        record(session, school, Ignore(GRAVE.id))
    assert session.scalars(select(LibraryChange)).all() == []
    assert said(session) == []


def test_a_phrase_that_names_somebody_on_roll_is_refused_at_the_school_and_its_trust(session: Session) -> None:
    trust = factories.trust(session)
    school = factories.school(session, trust=trust)
    factories.person(session, school, name="Hannah Orange")
    other = factories.school(session, "elm")
    act = Add(a("hannah smells", hits=("hannah smells",)))
    for organisation in (school, trust):
        with pytest.raises(ValueError, match="a person on roll"):
            record(session, organisation, act)
    assert record(session, other, act).id


def test_the_trusts_layer_comes_before_the_schools(session: Session) -> None:
    trust = factories.trust(session)
    school, other = factories.school(session, trust=trust), factories.school(session, "elm")
    record(session, trust, Ignore(AWAY.id))
    record(session, school, Regrade(AWAY.id, 1))
    layers = library_layers.layers_of(session, school, SHIPPED, NOON)
    assert [[each.act for each in layer] for layer in layers] == [[Ignore(AWAY.id)], [Regrade(AWAY.id, 1)]]
    assert library_layers.layers_of(session, other, SHIPPED, NOON) == ((),)


def test_a_groups_layer_comes_last_and_counts_for_nobody_else(session: Session) -> None:
    trust = factories.trust(session)
    school = factories.school(session, trust=trust)
    record(session, trust, Ignore(AWAY.id))
    record(session, school, Regrade(AWAY.id, 1))
    record(session, school, Regrade(AWAY.id, 5), group="Year 12")
    for group, wanted in (("Year 12", [Regrade(AWAY.id, 5)]), ("Year 13", []), ("", None)):
        layers = [[each.act for each in layer] for layer in layers_at(session, school, group)]
        own = [] if wanted is None else [wanted]
        assert layers == [[Ignore(AWAY.id)], [Regrade(AWAY.id, 1)], *own]
    assert library_layers.groups_of(session, school, NOON) == ["Year 12"]
    assert library_layers.groups_of(session, school, NOON - timedelta(days=1)) == []


def layers_at(session: Session, school: Organisation, group: str) -> tuple[Layer, ...]:
    return library_layers.layers_of(session, school, SHIPPED, NOON, group)


def test_for_a_group_the_same_checks_hold(session: Session) -> None:
    school = factories.school(session)
    factories.person(session, school, name="Hannah Orange")
    for act, reason in (
        (Ignore(GRAVE.id), "only with a second person"),
        (Add(a("hannah smells", hits=("hannah smells",))), "a person on roll"),
    ):
        with pytest.raises(ValueError, match=reason):
            record(session, school, act, group="staff")


def test_a_group_is_one_of_a_school(session: Session) -> None:
    with pytest.raises(ValueError, match="forest is a trust; a group is one of a school"):
        record(session, factories.trust(session), Ignore(AWAY.id), group="Year 12")


def test_with_a_second_person_it_waits_and_says_so(session: Session) -> None:
    school = factories.school(session)
    row = record(session, school, Ignore(GRAVE.id), second="kim")
    assert (row.waits_for, row.agreed_at) == ("kim", None)
    assert library_layers.layers_of(session, school, SHIPPED, NOON) == ((),)
    assert said(session)[0][2] == f"Waits for kim: change {row.id}. Ignored en.suicide.end-it-all. Reason: asked for"


def test_what_waits_is_withdrawn_by_one(session: Session) -> None:
    school = factories.school(session)
    row = record(session, school, Regrade(GRAVE.id, 4), second="kim")
    assert withdraw(session, school, row.id).withdrawn_by == "Kim Lane"
    assert row.waits_for == ""


def withdraw(session: Session, of: Organisation, number: int, second: str = "") -> LibraryChange:
    later = NOON + timedelta(hours=1)
    return library_layers.withdraw(
        session, of, number, SHIPPED, by="Kim Lane", second=second, why="a mistake", now=later
    )


def test_what_is_withdrawn_counts_no_longer_and_did_before(session: Session) -> None:
    school = factories.school(session)
    row = record(session, school, Ignore(AWAY.id))
    withdraw(session, school, row.id)
    before, after = (
        library_layers.layers_of(session, school, SHIPPED, NOON + timedelta(hours=hours)) for hours in (0, 1)
    )
    assert ([len(layer) for layer in before], [len(layer) for layer in after]) == ([1], [0])
    assert said(session)[1] == (
        EntryKind.LIBRARY_CHANGED,
        "Kim Lane",
        f"Withdrawn: change {row.id}. Ignored en.bullying.go-away. Reason: a mistake",
    )
    assert [each.id for each in library_layers.of_organisation(session, school)] == [row.id]


def test_only_what_counts_and_is_the_schools_own_can_be_withdrawn(session: Session) -> None:
    school, other = factories.school(session), factories.school(session, "elm")
    row = record(session, school, Ignore(AWAY.id))
    for of, number in ((other, row.id), (school, row.id + 1)):
        with pytest.raises(ValueError, match="has no change"):
            withdraw(session, of, number)
    withdraw(session, school, row.id)
    with pytest.raises(ValueError, match="oak has no change"):
        withdraw(session, school, row.id)


def test_a_grave_phrase_that_was_added_is_taken_back_by_two(session: Session) -> None:
    school = factories.school(session)
    row = record(session, school, Add(a("it is all over", Category.SUICIDE, 5, hits=("it is all over",))))
    with pytest.raises(ValueError, match="only with a second person"):
        withdraw(session, school, row.id)
    assert withdraw(session, school, row.id, second="jo").waits_for == "jo"
    assert len(library_layers.layers_of(session, school, SHIPPED, NOON + timedelta(days=1))[0]) == 1


def test_today_is_the_schools_own(session: Session) -> None:
    school = factories.school(session)
    school.time_zone = "Pacific/Auckland"
    assert library_layers.today_at(school, NOON) == date(2026, 3, 5)
