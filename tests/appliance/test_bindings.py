"""Bindings say which address stands for which reference."""

import pytest
from sqlalchemy.orm import Session

from appliance import bindings
from appliance.models import Binding
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_a_school_has_its_own_bindings_in_a_steady_order(session: Session) -> None:
    for slug in ("oak", "elm"):
        school = factories.school(session, slug)
        person = factories.person(session, school, f"ref-{slug}")
        for device in ("d2", "d1"):
            row = Binding(organisation_id=school.id, person_id=person.id, device=device, source="mdm", since=NOON)
            session.add(row)
            session.flush()
    given = bindings.of_school(session, school.id)
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
    (given,) = bindings.of_school(session, school.id)["bindings"]
    assert given["group"] == group
    assert person.name not in str(given)
