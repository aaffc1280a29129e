"""Once a minute the appliance hears from the device, always as long, and the device learns from the answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from agent.enrolment.enrol import enrol
from agent.service.accounts import Accounts
from agent.service.heartbeat import STEP, Condition, Heartbeats, padded
from agent.service.journal import Happened, Journal, SignIn
from agent.service.policy_kept import PolicyKept
from agent.service.school_clock import SchoolClock
from agent.service.whereabouts import Whereabouts
from detection.client import Client
from detection.kept_file import KeptFile
from tests.agent.appliance import AgentsAppliance, agents_appliance
from tests.agent.enrolment.test_enrol import asked
from tests.detection.scripted_appliance import Scripted, eventually

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
WELL = Condition(
    engine_version="e1",
    library_version="l1",
    model_version="",
    system="Linux 6",
    waiting=0,
    set_aside=0,
    dropped=0,
    oldest_waiting=None,
    last_detection_at=NOW,
    health=(),
)


class Desk:
    def __init__(self, folder: Path, appliance: AgentsAppliance) -> None:
        self.client = Client(enrol(asked(appliance), folder).client)
        self.journal = Journal(folder / "j")
        self.accounts = Accounts(KeptFile(folder / "accounts"), lambda: NOW)
        self.policy = PolicyKept(self.client, KeptFile(folder / "policy"))
        addresses = frozenset({ip_address("10.1.2.3")})
        self.whereabouts = Whereabouts(lambda: addresses, lambda: 0.0)
        self.school_clock = SchoolClock(lambda: NOW, lambda: 0.0)
        self.renewals, self.changes = list[bool](), list[None]()
        self.heartbeats = Heartbeats(
            self.client,
            self.journal,
            self.accounts,
            self.policy,
            self.whereabouts,
            self.school_clock,
            lambda: WELL,
            renew=self.renewals.append,
            changed=lambda: self.changes.append(None),
            clock=lambda: NOW,
            every=0.05,
        )


@pytest.fixture
def appliance(tmp_path: Path) -> Iterator[AgentsAppliance]:
    with agents_appliance(tmp_path / "box") as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, appliance: AgentsAppliance) -> Iterator[Desk]:
    made = Desk(tmp_path, appliance)
    yield made
    made.client.close()
    made.journal.close()


def test_what_happened_is_told_once_and_who_is_signed_in_each_time(desk: Desk, appliance: AgentsAppliance) -> None:
    desk.journal.add(Happened.STARTED, NOW)
    desk.journal.begin(SignIn(id="s1", account="pupil", since=NOW))
    desk.heartbeats.beat()
    desk.heartbeats.beat()
    first, second = appliance.heard
    assert [event["kind"] for event in first["events"]] == ["started"]
    assert second["events"] == []
    assert [each["account"] for each in first["sign_ins"] + second["sign_ins"]] == ["pupil", "pupil"]
    assert first["addresses"] == ["10.1.2.3"]
    assert first["last_detection_at"] == NOW.isoformat()


def test_what_the_answer_says_holds_from_then_on(desk: Desk, appliance: AgentsAppliance) -> None:
    desk.journal.begin(SignIn(id="s1", account="pupil", since=NOW))
    appliance.renew = True
    assert desk.heartbeats.connection == "not reached since the start"
    desk.heartbeats.beat()
    assert desk.heartbeats.connection == "connected"
    assert desk.accounts.pupil("pupil")
    assert desk.whereabouts.on_site
    assert desk.policy.version == "p1"
    assert desk.renewals == [True]
    assert desk.heartbeats.error == ""
    assert desk.school_clock() > NOW
    assert len(desk.changes) == 1


@pytest.mark.parametrize("answer", [Scripted(500), Scripted(200, b"{}"), Scripted(hang_up=True), Scripted(401)])
def test_what_was_not_answered_is_told_again(desk: Desk, appliance: AgentsAppliance, answer: Scripted) -> None:
    desk.journal.add(Happened.STARTED, NOW)
    usual, appliance.http.answer = appliance.http.answer, lambda _: answer
    desk.heartbeats.beat()
    assert desk.heartbeats.error
    appliance.http.answer = usual
    if answer.status != 200:
        desk.heartbeats.beat()
        assert [event["kind"] for event in appliance.heard[-1]["events"]] == ["started"]


def test_a_device_that_is_not_known_any_more_knows_it_over_a_restart_and_until_it_is_known_again(
    desk: Desk, appliance: AgentsAppliance, tmp_path: Path
) -> None:
    appliance.revoked = True
    desk.heartbeats.beat()
    assert desk.heartbeats.revoked
    again = Journal(tmp_path / "j")
    assert again.marked("revoked")
    again.close()
    appliance.revoked = False
    desk.heartbeats.beat()
    assert not desk.heartbeats.revoked


def test_it_beats_by_itself_and_at_once_when_it_is_woken(desk: Desk, appliance: AgentsAppliance) -> None:
    desk.heartbeats.start()
    eventually(lambda: len(appliance.heard) >= 3)
    desk.heartbeats.wake()
    assert desk.heartbeats.running
    assert desk.heartbeats.stop(10)


@pytest.mark.parametrize("said", [{}, {"health": ["x" * 100]}, {"health": ["ü" * 3000]}, {"health": ["x" * 4080]}])
def test_it_is_always_as_long(said: dict[str, Any]) -> None:
    assert len(padded(said)) % STEP == 0
