"""What holds for an account: nothing of nobody, and of a pupil what the policy says for now and here."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.service.accounts import Accounts
from agent.service.monitoring import NO_POLICY, NOT_A_PUPIL, REVOKED, Monitoring
from agent.service.whereabouts import Whereabouts
from detection.agent_policy.policy import Policy
from detection.json_object import JsonObject
from detection.kept_file import KeptFile
from tests.agent.appliance import PUPIL
from tests.agent.policies import WEEK, policy

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PICTURE = "A picture of the window you work in, where it shows a cause for concern. No other picture is kept or sent."


class Setting:
    def __init__(self, folder: Path) -> None:
        self.policy: Policy | None = policy(private_windows=[{"title": "bank"}])
        self.revoked, self.now = False, NOON
        self.whereabouts = Whereabouts(frozenset, lambda: 0.0)
        accounts = Accounts(KeptFile(folder / "accounts"), lambda: self.now)
        accounts.learn(JsonObject({"pupil": PUPIL, "teacher": PUPIL | {"role": "staff"}, "visitor": None}))
        self.monitoring = Monitoring(
            accounts,
            self,
            self.whereabouts,
            device="laptop-7",
            organisation="hill-school",
            clock=lambda: self.now,
            revoked=lambda: self.revoked,
            connection=lambda: "connected",
        )


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(tmp_path)


def test_a_pupil_is_seen_as_the_policy_says_here(setting: Setting) -> None:
    away = setting.monitoring.of("pupil")
    assert away.subject
    assert (away.orders.paused, away.orders.screen, away.orders.pictures) == ("", False, True)
    setting.whereabouts.told(True, frozenset())
    on_site = setting.monitoring.of("pupil").orders
    assert on_site.screen
    assert on_site.folders == ("Documents",)
    assert on_site.private_windows[0].title == "bank"


@pytest.mark.parametrize("account", ["teacher", "visitor", "never-named", "root", ""])
def test_of_nobody_else_anything_is_seen(setting: Setting, account: str) -> None:
    found = setting.monitoring.of(account)
    assert found.subject is None
    assert found.orders.paused == NOT_A_PUPIL
    assert [found.orders.screen, found.orders.pictures, found.orders.documents] == [False] * 3
    assert found.orders.notice.school == "Hill School"


def test_without_a_policy_nothing_is_seen(setting: Setting) -> None:
    setting.policy = None
    assert setting.monitoring.of("pupil").orders.paused == NO_POLICY


def test_a_device_that_is_not_known_any_more_sees_nothing_and_says_so(setting: Setting) -> None:
    setting.revoked = True
    assert setting.monitoring.of("pupil").orders.paused == REVOKED
    assert setting.monitoring.standing("pupil").paused == REVOKED


def test_outside_the_hours_it_is_paused_and_says_why(setting: Setting) -> None:
    setting.policy = policy(hours=WEEK, outside_hours="off")
    setting.now = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    found = setting.monitoring.of("pupil")
    assert found.orders.paused == "it is outside the hours in which the school monitors"
    assert not found.orders.pictures


@pytest.mark.parametrize(
    ("scope", "words", "said"),
    [
        (
            {},
            PICTURE,
            True,
        ),
        (
            {"pictures": False},
            PICTURE,
            False,
        ),
        ({"ocr": True}, "Text in pictures that the window you work in shows.", True),
        ({"prints": True}, "The names of documents you print.", True),
        ({"removable": True}, "The names of files on USB sticks and other media you put in.", True),
        ({"documents": False}, "Documents you save in Documents.", False),
    ],
)
def test_the_person_is_told_what_is_monitored(setting: Setting, scope: dict[str, Any], words: str, said: bool) -> None:
    setting.policy = policy(off_site=scope, private_windows=[{"title": "bank"}])
    standing = setting.monitoring.standing("pupil")
    assert standing.monitored[0].startswith("What you write")
    assert (words in standing.monitored) is said
    assert standing.never[-1].endswith("never read: bank.")
    assert (standing.why, standing.account) == ("away from the school's network", "pupil")
