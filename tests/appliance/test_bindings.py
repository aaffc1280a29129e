"""Bindings say which address stands for which reference; who is signed in there goes before the school's list."""

import pytest
from sqlalchemy.orm import Session

from appliance import bindings
from appliance.models import Binding
from tests.appliance import factories
from tests.appliance.agents.rows import signed_in
from tests.appliance.factories import NOON


def test_a_school_has_its_own_bindings_in_a_steady_order(session: Session) -> None:
    for slug in ("oak", "elm"):
        school = factories.school(session, slug)
        person = factories.person(session, school, f"ref-{slug}")
        for device in ("d2", "d1"):
            row = Binding(organisation_id=school.id, person_id=person.id, device=device, source="mdm", since=NOON)
            session.add(row)
            session.flush()
    given = bindings.of_school(session, school.id, NOON)
    assert given["organisation"] == "elm"
    assert [(b["device"], b["address"], b["person"]) for b in given["bindings"]] == [
        ("d2", None, "ref-elm"),
        ("d1", None, "ref-elm"),
    ]


@pytest.mark.parametrize(
    ("role", "year", "group"),
    [("pupil", "12", "Year 12"), ("pupil", "R", "Reception"), ("pupil", "", ""), ("staff", "", "staff")],
)
def test_a_binding_names_the_group_and_not_the_person(session: Session, role: str, year: str, group: str) -> None:
    school = factories.school(session)
    person = factories.person(session, school, role=role, year=year)
    session.add(Binding(organisation_id=school.id, person_id=person.id, device="d1", source="mdm", since=NOON))
    session.flush()
    (given,) = bindings.of_school(session, school.id, NOON)["bindings"]
    assert given["group"] == group
    assert person.name not in str(given)


def test_who_is_signed_in_at_an_address_goes_before_the_list(session: Session) -> None:
    school = factories.school(session)
    listed, there = factories.person(session, school, "p1"), factories.person(session, school, "p2")
    for address in ("10.1.2.3", "10.1.2.4"):
        row = Binding(organisation_id=school.id, person_id=listed.id, address=address, source="list", since=NOON)
        session.add(row)
    signed_in(session, factories.device(session, school, kind="agent"), there, addresses=["10.1.2.3"])
    given = bindings.of_school(session, school.id, NOON)["bindings"]
    assert [(b["address"], b["person"], b["source"]) for b in given] == [
        ("10.1.2.4", "p1", "list"),
        ("10.1.2.3", "p2", "agent"),
    ]
