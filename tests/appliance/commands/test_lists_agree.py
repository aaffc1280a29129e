"""Guessing somebody's password at the command line is slowed down as it is at the console's door."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import reviewers
from appliance.commands.lists_agree import prove
from appliance.commands.mistake import Mistake
from appliance.models import SignIn, SignInAttempt
from tests.appliance import factories
from tests.appliance.factories import NOON

PASSWORD = "three quiet otters"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture(autouse=True)
def kim(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        reviewers.set_password(factories.reviewer(session, factories.school(session), login="kim"), PASSWORD)


def count(sessions: sessionmaker[Session], model: type[SignIn] | type[SignInAttempt]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_right_password_proves_a_person_and_signs_nobody_in(sessions: sessionmaker[Session]) -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    assert prove(sessions, "Kim", ask, NOON) == "kim"
    assert asked == ["Password of Kim: "]
    assert count(sessions, SignIn) == 0


@pytest.mark.parametrize("login", ["kim", "nobody"])
def test_a_wrong_password_is_kept_as_an_attempt(sessions: sessionmaker[Session], login: str) -> None:
    with pytest.raises(Mistake, match="login and password do not belong together"):
        prove(sessions, login, lambda _: "something else", NOON)
    assert count(sessions, SignInAttempt) == 1


def test_after_five_the_next_has_to_wait_even_with_the_right_one(sessions: sessionmaker[Session]) -> None:
    for _ in range(5):
        with pytest.raises(Mistake):
            prove(sessions, "kim", lambda _: "something else", NOON)
    with pytest.raises(Mistake, match="too many attempts; wait 30 seconds"):
        prove(sessions, "kim", lambda _: PASSWORD, NOON)
    assert prove(sessions, "kim", lambda _: PASSWORD, NOON + timedelta(minutes=1)) == "kim"
