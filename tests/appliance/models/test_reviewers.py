"""A login is one reviewer, whichever the school; an attempt to sign in may belong to nobody."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance.models import SignInAttempt
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_a_login_is_one_reviewer_in_all_schools(session: Session) -> None:
    factories.reviewer(session, factories.school(session, "oak"), login="okonkwo")
    with pytest.raises(IntegrityError):
        factories.reviewer(session, factories.school(session, "elm"), login="okonkwo")


def test_an_attempt_by_an_unknown_login_belongs_to_no_school(session: Session) -> None:
    session.add(attempt := SignInAttempt(login="nobody", address="192.0.2.7", at=NOON))
    session.flush()
    assert attempt.organisation_id is None
