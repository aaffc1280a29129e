"""Who can be a reviewer, and what changing a password does."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from appliance import reviewers, sign_ins
from appliance.models import Organisation, Reviewer, ReviewerRole
from tests.appliance.factories import NOON
from tests.appliance.signed_in import reviewer_of

PASSWORD = "three quiet otters"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def dsl(session: Session, oak: Organisation) -> Reviewer:
    return added(session, oak)


def added(session: Session, oak: Organisation, **fields: Any) -> Reviewer:
    plain: dict[str, Any] = {
        "login": "dsl",
        "name": "Alex Lead",
        "role": ReviewerRole.DSL,
        "email": "dsl@oak.example",
        "password": PASSWORD,
        "now": NOON,
    }
    return reviewers.add(session, oak, **plain | fields)


def test_changing_it_signs_other_browsers_out(session: Session, dsl: Reviewer) -> None:
    here, there = sign_ins.start(session, dsl, NOON), sign_ins.start(session, dsl, NOON)
    reviewers.change_password(session, dsl, PASSWORD, "four quiet otters", NOON, keep=here)
    session.expire_all()
    assert reviewer_of(session, here, NOON) is dsl
    assert reviewer_of(session, there, NOON) is None
    assert reviewers.check_password(dsl, "four quiet otters")


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("wrong", "four quiet otters", "not right"),
        (PASSWORD, PASSWORD, "is the current one"),
        (PASSWORD, "short", "12 characters"),
    ],
)
def test_what_cannot_be_changed(session: Session, dsl: Reviewer, current: str, new: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        reviewers.change_password(session, dsl, current, new, NOON)
    assert reviewers.check_password(dsl, PASSWORD)


def test_one_given_by_somebody_else_is_for_one_use(session: Session, dsl: Reviewer) -> None:
    token = sign_ins.start(session, dsl, NOON)
    reviewers.reset_password(session, dsl, "four quiet otters", NOON)
    session.expire_all()
    assert reviewer_of(session, token, NOON) is None
    assert dsl.must_change_password
    reviewers.change_password(session, dsl, "four quiet otters", "five quiet otters", NOON)
    assert not dsl.must_change_password


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"login": "DSL"}, "already"),
        ({"login": "two words"}, "one word"),
        ({"login": ""}, "one word"),
        ({"login": "b", "email": "nowhere"}, "no e-mail address"),
        ({"login": "b", "password": "short"}, "12 characters"),
        ({"login": "b", "role": ReviewerRole.TRUST_OFFICER}, "belongs to a trust"),
    ],
)
def test_who_cannot_be_added(
    session: Session, oak: Organisation, dsl: Reviewer, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        added(session, oak, **fields)
