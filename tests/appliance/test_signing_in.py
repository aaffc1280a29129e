"""Signing in takes the right password, and is slowed after failures."""

from datetime import timedelta
from typing import Any

import argon2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import reviewers, signing_in
from appliance.models import Reviewer, SignIn, SignInAttempt
from appliance.signing_in import TooManyAttempts
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.signed_in import reviewer_of

PASSWORD = "three quiet otters"
pytestmark = pytest.mark.usefixtures("quick_passwords")
MINUTE = timedelta(minutes=1)
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def dsl(session: Session) -> Reviewer:
    dsl = factories.reviewer(session, factories.school(session), login="dsl")
    reviewers.set_password(dsl, PASSWORD)
    return dsl


def sign_in(
    session: Session, password: str = PASSWORD, login: str = "dsl", address: str = HERE, minutes: float = 0
) -> str | None:
    return signing_in.sign_in(session, login, password, address, NOON + minutes * MINUTE)


def test_the_right_password_opens_whatever_the_case_of_the_login(session: Session, dsl: Reviewer) -> None:
    token = sign_in(session, login=" DSL ")
    assert token is not None
    assert reviewer_of(session, token, NOON) is dsl
    assert token not in session.scalars(select(SignIn.token_sha256)).one()


@pytest.mark.parametrize(("login", "password"), [("dsl", "wrong"), ("dsl", ""), ("nobody", PASSWORD), ("", "")])
def test_nothing_else_does_and_it_is_a_row(session: Session, dsl: Reviewer, login: str, password: str) -> None:
    assert sign_in(session, password, login) is None
    [attempt] = session.scalars(select(SignInAttempt))
    assert attempt.address == HERE
    assert (attempt.organisation_id is not None) == (login == "dsl")


def test_what_was_typed_as_an_unknown_login_is_not_kept(session: Session, dsl: Reviewer) -> None:
    sign_in(session, "x", PASSWORD)  # a password in the wrong field
    assert PASSWORD not in session.scalars(select(SignInAttempt.login)).one()


def test_an_outdated_hash_is_renewed_at_sign_in(session: Session, dsl: Reviewer) -> None:
    dsl.password_hash = old = argon2.PasswordHasher(time_cost=2, memory_cost=64).hash(PASSWORD)
    sign_in(session)
    assert dsl.password_hash != old
    assert reviewers.check_password(dsl, PASSWORD)


def test_whoever_is_disabled_cannot(session: Session, dsl: Reviewer) -> None:
    reviewers.disable(session, dsl, NOON)
    assert sign_in(session) is None


def fail(session: Session, times: int, **where: Any) -> None:
    for _ in range(times):
        assert sign_in(session, "wrong", **where) is None


def test_after_five_failures_even_the_right_password_waits(session: Session, dsl: Reviewer) -> None:
    fail(session, 5)
    with pytest.raises(TooManyAttempts) as waiting:
        sign_in(session)
    assert waiting.value.seconds == 30
    assert sign_in(session, minutes=0.5) is not None


def test_each_more_doubles_the_wait(session: Session, dsl: Reviewer) -> None:
    fail(session, 5)
    fail(session, 1, minutes=0.5)
    with pytest.raises(TooManyAttempts) as waiting:
        sign_in(session, minutes=0.5)
    assert waiting.value.seconds == 60


def test_a_login_is_guarded_from_wherever_it_is_tried(session: Session, dsl: Reviewer) -> None:
    for n in range(5):
        fail(session, 1, address=f"192.0.2.{n + 10}")
    with pytest.raises(TooManyAttempts):
        sign_in(session, address=ELSEWHERE)


def test_an_address_is_slowed_whatever_it_tries(session: Session, dsl: Reviewer) -> None:
    for n in range(5):
        fail(session, 1, login=f"nobody{n}")
    with pytest.raises(TooManyAttempts):
        sign_in(session)
    assert sign_in(session, address=ELSEWHERE) is not None


def test_old_failures_are_forgotten(session: Session, dsl: Reviewer) -> None:
    fail(session, 5)
    assert sign_in(session, minutes=15) is not None


def test_success_forgives_what_was_mistyped_here(session: Session, dsl: Reviewer) -> None:
    for _ in range(3):
        fail(session, 4)
        assert sign_in(session) is not None


def test_an_unknown_login_is_slowed_like_a_known_one(session: Session, dsl: Reviewer) -> None:
    for n in range(5):
        fail(session, 1, login="nobody", address=f"192.0.2.{n + 10}")
    with pytest.raises(TooManyAttempts):
        sign_in(session, login="nobody", address=ELSEWHERE)
