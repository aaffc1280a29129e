"""Who is signed in, whose session is connected and what holds for them, put together."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.link.frames import Hello
from agent.link.saying import Saying
from agent.orders import Orders
from agent.service.accounts import Accounts
from agent.service.inspection import Told
from agent.service.journal import Journal
from agent.service.logins import Login
from agent.service.monitoring import NO_POLICY, Monitoring
from agent.service.sessions import Sessions
from agent.service.settings import AgentSettings
from agent.service.whereabouts import Whereabouts
from detection.agent_policy.policy import Policy
from detection.json_object import JsonObject
from detection.kept_file import KeptFile
from tests.agent.appliance import PUPIL
from tests.agent.policies import policy
from tests.agent.service.device import ME, seen
from tests.agent.service.test_sign_ins import Screen
from tests.detection.scripted_appliance import eventually

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.policy: Policy | None = None
        self.told, self.changes = list[Told](), list[None]()
        self.journal = Journal(folder / "j")
        self.accounts = Accounts(KeptFile(folder / "accounts"), lambda: NOON)
        self.accounts.learn(JsonObject({ME: PUPIL}))
        self.monitoring = Monitoring(
            self.accounts,
            self,
            Whereabouts(frozenset, lambda: 0.0),
            device="laptop-7",
            organisation="hill-school",
            clock=lambda: NOON,
            revoked=lambda: False,
            connection=lambda: "connected",
        )
        self.sessions: Sessions | None = None

    def begin(self, screen: Screen | None = None) -> Sessions:
        settings = AgentSettings(state=self.folder, socket=self.folder / "agent.sock", session_unit="")
        self.sessions = Sessions(
            settings,
            self.journal,
            self.monitoring,
            self.inspect,
            logins=screen,
            clock=lambda: NOON,
            changed=lambda: self.changes.append(None),
        )
        self.sessions.start()
        return self.sessions

    def inspect(self, told: Told) -> None:
        self.told.append(told)
        told.done()

    def end(self) -> None:
        if self.sessions and self.sessions.running:
            self.sessions.hang_up()
            self.sessions.stop(5)

    def session(self) -> Saying:
        saying = Saying(Hello(version="1.0"), path=self.folder / "agent.sock")
        saying.start()
        return saying

    @property
    def signed_in(self) -> list[str]:
        return [each.account for each in self.journal.sign_ins() if each.until is None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    with suppress(RuntimeError):
        made.end()
    made.journal.close()


def test_without_a_system_that_says_it_whoever_is_connected_is_signed_in(desk: Desk) -> None:
    desk.begin()
    assert desk.signed_in == []
    session = desk.session()
    eventually(lambda: desk.signed_in == [ME])
    assert desk.changes
    session.stop(1)
    eventually(lambda: desk.signed_in == [])


def test_what_holds_from_now_on_is_ordered_at_once_when_it_is_looked(desk: Desk) -> None:
    sessions, session = desk.begin(), desk.session()
    eventually(lambda: session.orders.paused == NO_POLICY)
    desk.policy = policy()
    sessions.look()
    eventually(lambda: session.orders not in (Orders(paused=NO_POLICY), Orders()))
    assert session.orders.paused == ""
    session.say(seen("good morning"))
    eventually(lambda: session.waiting == 0)
    assert [told.seen.text for told in desk.told] == ["good morning"]
    session.stop(1)


def test_whoever_the_system_says_is_signed_in_though_nobody_is_connected(desk: Desk) -> None:
    screen = Screen()
    screen.logins = [Login(id="s1", uid=os.getuid(), account=ME, since=NOON)]
    desk.begin(screen)
    eventually(lambda: desk.signed_in == [ME])


def test_it_runs_until_it_is_hung_up(desk: Desk) -> None:
    sessions = desk.begin()
    assert sessions.running
    assert list(sessions.unseen) == []
    sessions.hang_up()
    assert sessions.stop(5)
    eventually(lambda: not sessions.running)
