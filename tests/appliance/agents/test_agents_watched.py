"""Silence of a device is told while others are heard of, and taken back when it speaks again."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.agents.agents_watched import NAMED, AgentsWatched
from appliance.models import AgentStatus, Notification, NotificationState
from tests.appliance import factories
from tests.appliance.agents.rows import status
from tests.appliance.factories import NOON

LATER = NOON + timedelta(days=7)


def notices(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    with sessions() as session:
        standing = select(Notification).where(Notification.state != NotificationState.DISMISSED)
        return [(each.subject, each.body) for each in session.scalars(standing)]


def fill(sessions: sessionmaker[Session], quiet: int = 1, **fields: object) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        for number in range(quiet):
            status(session, factories.device(session, oak, token=f"q{number}", name=f"lab-{number:02}", kind="agent"))
        other = factories.device(session, oak, token="other", name="office", kind="agent")
        status(session, other, LATER, **fields)


def test_it_is_told_and_taken_back(sessions: sessionmaker[Session]) -> None:
    fill(sessions)
    watched = AgentsWatched(sessions)
    watched.check(LATER)
    why = "said nothing for three days of school or more, while others did. What happens on them is not seen."
    assert notices(sessions) == [("Devices have fallen silent", f"lab-00: {why}")]
    with sessions.begin() as session:
        for each in session.scalars(select(AgentStatus)):
            each.at = LATER
    watched.check(LATER)
    assert notices(sessions) == []


def test_of_many_some_are_named(sessions: sessionmaker[Session]) -> None:
    fill(sessions, NAMED + 3)
    AgentsWatched(sessions).check(LATER)
    [(_, body)] = notices(sessions)
    assert "lab-09 and 3 more: " in body
    assert "lab-10" not in body


def test_one_that_an_administrator_stopped_is_told(sessions: sessionmaker[Session]) -> None:
    fill(sessions, 0, state="stopped")
    AgentsWatched(sessions).check(LATER)
    assert [subject for subject, _ in notices(sessions)] == ["The agent was stopped on devices"]


def test_a_school_without_agents_is_told_nothing(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        factories.device(session, factories.school(session))
    AgentsWatched(sessions).check(LATER)
    assert notices(sessions) == []
