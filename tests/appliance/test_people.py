"""Importing again changes what changed and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import people
from appliance.models import Binding, Organisation, Person
from appliance.people import Tally
from appliance.people_file import Row
from tests.appliance import factories
from tests.appliance.factories import NOON

LATER = NOON + timedelta(days=1)


def row(
    name: str = "Sam Field",
    year: str = "9",
    *,
    role: str = "pupil",
    ref: str = "",
    account: str | None = None,
    **places: str,
) -> Row:
    return Row(
        line=2,
        name=name,
        school="oak",
        role=role,
        year=year,
        places=tuple(places.items()),
        ref=ref,
        account=account,
    )


def take(session: Session, oak: Organisation, *rows: Row) -> tuple[int, int, int, int]:
    tally = Tally()
    people.import_rows(session, oak, rows, LATER, tally)
    return tally.added, tally.changed, tally.unchanged, tally.bindings


def everyone(session: Session) -> list[tuple[str, str]]:
    return [(p.name, p.year) for p in session.scalars(select(Person).order_by(Person.id))]


def places(session: Session) -> dict[str, str]:
    rows = session.scalars(select(Binding).order_by(Binding.id))
    return {str(binding.address or binding.device): binding.person.name for binding in rows}


@pytest.mark.parametrize(
    ("role", "year", "band"),
    [
        ("pupil", "R", "4-10"),
        ("pupil", "6", "4-10"),
        ("pupil", "7", "11-16"),
        ("pupil", "11", "11-16"),
        ("pupil", "12", "17-18"),
        ("pupil", "13", "17-18"),
        ("pupil", "", "unknown"),
        ("staff", "", "adult"),
    ],
)
def test_the_age_band_follows_from_the_year(role: str, year: str, band: str) -> None:
    assert people.age_band(role, year) == band


def test_a_person_gets_a_reference_that_says_nothing_and_stays(session: Session, oak: Organisation) -> None:
    take(session, oak, row())
    first = session.scalars(select(Person)).one()
    assert len(first.ref) == 16
    assert take(session, oak, row()) == (0, 0, 1, 0)
    assert session.scalars(select(Person.ref)).one() == first.ref


def test_a_new_school_year_moves_everybody_up(session: Session, oak: Organisation) -> None:
    take(session, oak, row(year="6"), row("Kim Hill", "6"))
    assert take(session, oak, row(year="7"), row("Kim Hill", "7")) == (0, 2, 0, 0)
    assert everyone(session) == [("Sam Field", "7"), ("Kim Hill", "7")]
    assert set(session.scalars(select(Person.age_band))) == {"11-16"}


def test_two_of_one_name_in_different_years_are_two(session: Session, oak: Organisation) -> None:
    assert take(session, oak, row(year="7"), row(year="9"))[0] == 2
    assert take(session, oak, row(year="9"), row(year="7")) == (0, 0, 2, 0)


def test_a_reference_of_the_schools_own_tells_apart_what_the_name_does_not(session: Session, oak: Organisation) -> None:
    assert take(session, oak, row(ref="p1"), row(ref="p2"))[0] == 2
    assert take(session, oak, row("Sam Brook", ref="p2")) == (0, 1, 0, 0)
    assert everyone(session) == [("Sam Field", "9"), ("Sam Brook", "9")]


def test_two_rows_are_one_person_with_two_devices(session: Session, oak: Organisation) -> None:
    assert take(session, oak, row(device="pc-7"), row(device="tablet-3")) == (1, 0, 1, 2)
    assert places(session) == {"pc-7": "Sam Field", "tablet-3": "Sam Field"}


def test_a_device_that_changes_hands_is_the_new_persons(session: Session, oak: Organisation) -> None:
    take(session, oak, row(device="pc-7", address="192.0.2.7"))
    assert take(session, oak, row("Kim Hill", device="pc-7")) == (1, 0, 0, 1)
    assert places(session) == {"192.0.2.7": "Sam Field", "pc-7": "Kim Hill"}
    assert set(session.scalars(select(Binding.since))) == {LATER}


def test_leavers_stay_as_they_are(session: Session, oak: Organisation) -> None:
    take(session, oak, row(address="192.0.2.7"), row("Kim Hill"))
    take(session, oak, row("Kim Hill"))
    assert everyone(session) == [("Sam Field", "9"), ("Kim Hill", "9")]
    assert places(session) == {"192.0.2.7": "Sam Field"}


def test_schools_do_not_share_people(session: Session, oak: Organisation) -> None:
    take(session, oak, row(address="192.0.2.7"))
    assert take(session, factories.school(session, "elm"), row(address="192.0.2.7")) == (1, 0, 0, 1)


def test_an_account_is_taken_over_and_a_list_without_them_leaves_it(session: Session, oak: Organisation) -> None:
    assert take(session, oak, row(account="s.field")) == (1, 0, 0, 0)
    assert take(session, oak, row()) == (0, 0, 1, 0)
    assert session.scalars(select(Person.account)).one() == "s.field"
    assert take(session, oak, row(account="")) == (0, 1, 0, 0)
    assert session.scalars(select(Person.account)).one() == ""
