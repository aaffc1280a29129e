"""Signing in takes the right password, is slowed after failures, and ends by itself."""

from datetime import timedelta
from typing import Any

import argon2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import reviewers
from appliance.models import Organisation, Reviewer, ReviewerRole, SignIn, SignInAttempt
from appliance.reviewers import TooManyAttempts
from tests.appliance import factories
from tests.appliance.factories import NOON

PASSWORD = "three quiet otters"
pytestmark = pytest.mark.usefixtures("quick_passwords")
MINUTE = timedelta(minutes=1)
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def oak(session: Session) -> Organisation:
    return factories.school(session)


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


def sign_in(
    session: Session, password: str = PASSWORD, login: str = "dsl", address: str = HERE, minutes: float = 0
) -> str | None:
    return reviewers.sign_in(session, login, password, address, NOON + minutes * MINUTE)


def signed_in(session: Session, minutes: float = 0) -> str:
    token = sign_in(session, minutes=minutes)
    assert token is not None
    return token


def test_the_right_password_opens_whatever_the_case_of_the_login(session: Session, dsl: Reviewer) -> None:
    token = sign_in(session, login=" DSL ")
    assert token is not None
    assert reviewers.reviewer_of(session, token, NOON) is dsl
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


class TestSlowingDown:
    def fail(self, session: Session, times: int, **where: Any) -> None:
        for _ in range(times):
            assert sign_in(session, "wrong", **where) is None

    def test_after_five_failures_even_the_right_password_waits(self, session: Session, dsl: Reviewer) -> None:
        self.fail(session, 5)
        with pytest.raises(TooManyAttempts) as waiting:
            sign_in(session)
        assert waiting.value.seconds == 30
        assert sign_in(session, minutes=0.5) is not None

    def test_each_more_doubles_the_wait(self, session: Session, dsl: Reviewer) -> None:
        self.fail(session, 5)
        self.fail(session, 1, minutes=0.5)
        with pytest.raises(TooManyAttempts) as waiting:
            sign_in(session, minutes=0.5)
        assert waiting.value.seconds == 60

    def test_a_login_is_guarded_from_wherever_it_is_tried(self, session: Session, dsl: Reviewer) -> None:
        for n in range(5):
            self.fail(session, 1, address=f"192.0.2.{n + 10}")
        with pytest.raises(TooManyAttempts):
            sign_in(session, address=ELSEWHERE)

    def test_an_address_is_slowed_whatever_it_tries(self, session: Session, dsl: Reviewer) -> None:
        for n in range(5):
            self.fail(session, 1, login=f"nobody{n}")
        with pytest.raises(TooManyAttempts):
            sign_in(session)
        assert sign_in(session, address=ELSEWHERE) is not None

    def test_old_failures_are_forgotten(self, session: Session, dsl: Reviewer) -> None:
        self.fail(session, 5)
        assert sign_in(session, minutes=15) is not None

    def test_success_forgives_what_was_mistyped_here(self, session: Session, dsl: Reviewer) -> None:
        for _ in range(3):
            self.fail(session, 4)
            assert sign_in(session) is not None

    def test_an_unknown_login_is_slowed_like_a_known_one(self, session: Session, dsl: Reviewer) -> None:
        for n in range(5):
            self.fail(session, 1, login="nobody", address=f"192.0.2.{n + 10}")
        with pytest.raises(TooManyAttempts):
            sign_in(session, login="nobody", address=ELSEWHERE)


class TestSignedIn:
    @pytest.mark.parametrize(("minutes", "still"), [(59, True), (60, False)])
    def test_an_hour_alone_ends_it(self, session: Session, dsl: Reviewer, minutes: int, still: bool) -> None:
        token = signed_in(session)
        assert (reviewers.reviewer_of(session, token, NOON + minutes * MINUTE) is dsl) == still
        if not still:
            assert reviewers.reviewer_of(session, token, NOON) is None

    def test_twelve_hours_end_it_however_busy(self, session: Session, dsl: Reviewer) -> None:
        token = signed_in(session)
        for minutes in range(30, 720, 30):
            assert reviewers.reviewer_of(session, token, NOON + minutes * MINUTE) is dsl
        assert reviewers.reviewer_of(session, token, NOON + 720 * MINUTE) is None

    def test_signing_out_ends_it_at_once_and_only_it(self, session: Session, dsl: Reviewer) -> None:
        here, there = signed_in(session), signed_in(session)
        reviewers.sign_out(session, here, NOON)
        reviewers.sign_out(session, here, NOON)
        reviewers.sign_out(session, "nobody's", NOON)
        assert reviewers.reviewer_of(session, here, NOON) is None
        assert reviewers.reviewer_of(session, there, NOON) is dsl

    @pytest.mark.parametrize("token", ["", "guess", "\ud800"])
    def test_a_token_nobody_has_is_nobodys(self, session: Session, dsl: Reviewer, token: str) -> None:
        assert reviewers.reviewer_of(session, token, NOON) is None

    def test_whoever_is_disabled_is_out_at_once(self, session: Session, dsl: Reviewer) -> None:
        token = signed_in(session)
        reviewers.disable(session, dsl, NOON)
        assert reviewers.reviewer_of(session, token, NOON) is None
        assert sign_in(session) is None


class TestPasswords:
    def test_changing_it_signs_other_browsers_out(self, session: Session, dsl: Reviewer) -> None:
        here, there = signed_in(session), signed_in(session)
        reviewers.change_password(session, dsl, PASSWORD, "four quiet otters", NOON, keep=here)
        session.expire_all()
        assert reviewers.reviewer_of(session, here, NOON) is dsl
        assert reviewers.reviewer_of(session, there, NOON) is None
        assert sign_in(session, "four quiet otters") is not None

    @pytest.mark.parametrize(
        ("current", "new", "said"),
        [
            ("wrong", "four quiet otters", "not right"),
            (PASSWORD, PASSWORD, "is the current one"),
            (PASSWORD, "short", "12 characters"),
        ],
    )
    def test_what_cannot_be_changed(self, session: Session, dsl: Reviewer, current: str, new: str, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            reviewers.change_password(session, dsl, current, new, NOON)
        assert reviewers.check_password(dsl, PASSWORD)

    def test_one_given_by_somebody_else_is_for_one_use(self, session: Session, dsl: Reviewer) -> None:
        token = signed_in(session)
        reviewers.reset_password(session, dsl, "four quiet otters", NOON)
        session.expire_all()
        assert reviewers.reviewer_of(session, token, NOON) is None
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
