"""Schools are found as people type them."""

import pytest
from sqlalchemy.orm import Session

from appliance import organisations
from appliance.models import OrganisationKind
from tests.appliance import factories


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Oak School", "oak-school"), ("St Mary’s C of E (Aided)", "st-marys-c-of-e-aided"), ("Ysgol Dŵr", "ysgol-dwr")],
)
def test_a_school_gets_a_short_name(session: Session, name: str, slug: str) -> None:
    assert organisations.add(session, name).slug == slug


@pytest.mark.parametrize("typed", ["oak-school", "Oak School", " OAK SCHOOL "])
def test_it_is_found_by_either(session: Session, typed: str) -> None:
    made = organisations.add(session, "Oak School")
    assert organisations.find(session, typed) is made


def test_a_school_nobody_knows_is_answered_with_those_there_are(session: Session) -> None:
    with pytest.raises(ValueError, match="known: none yet"):
        organisations.get(session, "oak")
    organisations.add(session, "Elm School")
    with pytest.raises(ValueError, match="there is no school 'oak'; known: elm-school"):
        organisations.get(session, "oak")


def test_a_school_may_belong_to_a_trust_and_to_nothing_else(session: Session) -> None:
    forest = organisations.add(session, "Forest Trust", kind=OrganisationKind.TRUST)
    oak = organisations.add(session, "Oak", trust=forest)
    assert oak.parent_id == forest.id
    with pytest.raises(ValueError, match="not a trust"):
        organisations.add(session, "Elm", trust=oak)


@pytest.mark.parametrize(("slug", "said"), [("oak", "already"), ("Oak!", "small letters"), ("../x", "small letters")])
def test_a_short_name_is_short_and_its_own(session: Session, slug: str, said: str) -> None:
    organisations.add(session, "Oak")
    with pytest.raises(ValueError, match=said):
        organisations.add(session, "Another", slug)


def test_a_trust_has_its_schools_and_a_school_itself(session: Session) -> None:
    trust = factories.trust(session)
    oak, elm = (factories.school(session, slug, trust=trust) for slug in ("oak", "elm"))
    factories.school(session, "ash")
    assert organisations.schools_of(session, trust) == [elm, oak]
    assert organisations.schools_of(session, oak) == [oak]


def test_what_a_trust_changes_holds_for_its_schools_and_comes_before_their_own(session: Session) -> None:
    trust = factories.trust(session)
    school = organisations.add(session, "Elm School", "elm", trust=trust)
    assert organisations.levels(school) == [trust.id, school.id]
    assert organisations.levels(trust) == [trust.id]
