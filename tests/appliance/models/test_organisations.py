"""A school knows each of its people once; another school may use the same reference for somebody else."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance.models import Organisation, OrganisationKind
from tests.appliance import factories


def test_a_reference_is_one_person_in_a_school_and_may_be_another_elsewhere(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    factories.person(session, oak, "p1")
    factories.person(session, elm, "p1", name="Somebody else")
    with pytest.raises(IntegrityError):
        factories.person(session, oak, "p1", name="Sam Field again")


def test_an_organisation_is_a_school_in_london_if_nothing_else_is_said(session: Session) -> None:
    session.add(made := Organisation(slug="oak", name="Oak School"))
    session.flush()
    assert (made.kind, made.time_zone, made.chain_length) == (OrganisationKind.SCHOOL, "Europe/London", 0)
