"""Being signed in ends by itself, and at once for whoever signs out or is disabled."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import reviewers, sign_ins
from appliance.models import Reviewer, SignIn
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.signed_in import reviewer_of

MINUTE = timedelta(minutes=1)


def test_the_token_itself_is_kept_nowhere(session: Session, dsl: Reviewer) -> None:
    assert sign_ins.start(session, dsl, NOON) not in session.scalars(select(SignIn.token_sha256)).all()


@pytest.mark.parametrize(("minutes", "still"), [(59, True), (60, False)])
def test_an_hour_alone_ends_it(session: Session, dsl: Reviewer, minutes: int, still: bool) -> None:
    token = sign_ins.start(session, dsl, NOON)
    assert (reviewer_of(session, token, NOON + minutes * MINUTE) is dsl) == still
    if not still:
        assert reviewer_of(session, token, NOON) is None


def test_twelve_hours_end_it_however_busy(session: Session, dsl: Reviewer) -> None:
    token = sign_ins.start(session, dsl, NOON)
    for minutes in range(30, 720, 30):
        assert reviewer_of(session, token, NOON + minutes * MINUTE) is dsl
    assert reviewer_of(session, token, NOON + 720 * MINUTE) is None


def test_signing_out_ends_it_at_once_and_only_it(session: Session, dsl: Reviewer) -> None:
    here, there = sign_ins.start(session, dsl, NOON), sign_ins.start(session, dsl, NOON)
    sign_ins.sign_out(session, here, NOON)
    sign_ins.sign_out(session, here, NOON)
    sign_ins.sign_out(session, "nobody's", NOON)
    assert reviewer_of(session, here, NOON) is None
    assert reviewer_of(session, there, NOON) is dsl


@pytest.mark.parametrize("token", ["", "guess", "\ud800"])
def test_a_token_nobody_has_is_nobodys(session: Session, dsl: Reviewer, token: str) -> None:
    assert reviewer_of(session, token, NOON) is None


def test_whoever_is_disabled_is_out_at_once(session: Session, dsl: Reviewer) -> None:
    token = sign_ins.start(session, dsl, NOON)
    reviewers.disable(session, dsl, NOON)
    assert reviewer_of(session, token, NOON) is None


def test_all_of_one_reviewer_end_but_the_browser_that_is_kept(session: Session, dsl: Reviewer) -> None:
    other = factories.reviewer(session, factories.school(session, "elm"), login="other")
    here, there, elsewhere = (sign_ins.start(session, who, NOON) for who in (dsl, dsl, other))
    sign_ins.end_all(session, dsl, NOON, but=here)
    session.expire_all()
    found = [reviewer_of(session, token, NOON) for token in (here, there, elsewhere)]
    assert found == [dsl, None, other]
