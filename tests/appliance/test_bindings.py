"""Bindings say which address stands for which reference."""

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
