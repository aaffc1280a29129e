"""``gatehouse pause``: a network is left alone for a while; the kernel ends it, the lead is told, entries stay."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import network_pauses
from appliance.commands import network
from appliance.commands.pause import pause, resume
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, Notification, NotificationChannel, NotificationState, ReviewerRole
from appliance.provisioning import live_rules
from tests.appliance import factories
from tests.appliance.firewall import Firewall


@pytest.fixture(autouse=True)
def staff(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        factories.reviewer(session, oak, login="kim", email="kim@oak.example")
        factories.reviewer(session, oak, ReviewerRole.MODERATOR, login="mo")


@pytest.fixture
def end(config: Path, box_file: Path) -> list[str]:
    return ["--network", "pupils", "--config", str(config), "--box", str(box_file)]


def kinds(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(Entry.kind).order_by(Entry.sequence)))


def told(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    with sessions() as session:
        standing = select(Notification).where(Notification.state == NotificationState.DUE)
        return sorted((row.channel, row.recipient) for row in session.scalars(standing))


def test_a_pause_is_in_the_kernel_in_the_records_and_told(
    end: list[str], firewall: Firewall, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    assert pause(["--for", "30m", "--why", "the exam site is stuck", *end]) == 0
    assert firewall.cards("paused") == ["eth1"]
    assert "timeout 30m expires 29m" in firewall.left()
    assert kinds(sessions) == [EntryKind.NETWORK_PAUSED]
    assert told(sessions) == [(NotificationChannel.BANNER, ""), (NotificationChannel.EMAIL, "kim@oak.example")]
    with sessions() as session:
        assert "at the box. Reason: the exam site is stuck" in session.scalars(select(Notification.body)).all()[0]
    assert network.main(["list", *end[2:]]) == 0
    assert "the exam site is stuck" in capsys.readouterr().out


def test_somebody_may_end_it_early(end: list[str], firewall: Firewall, sessions: sessionmaker[Session]) -> None:
    pause(["--for", "2h", "--why", "the exam site is stuck", "--by", "kim", *end])
    assert resume([*end, "--by", "kim"]) == 0
    assert firewall.cards("paused") == []
    assert kinds(sessions) == [EntryKind.NETWORK_PAUSED, EntryKind.NETWORK_RESUMED]
    assert (NotificationChannel.BANNER, "") not in told(sessions)


def test_a_reload_of_the_firewall_keeps_what_is_left_of_a_pause(end: list[str], firewall: Firewall) -> None:
    pause(["--for", "30m", "--why", "the exam site is stuck", *end])
    firewall.load()
    assert network.main(["apply", *end[4:]]) == 0
    assert "expires 29m" in firewall.left()


def test_the_kernel_ends_it_with_nobody_there(end: list[str], firewall: Firewall, box_file: Path) -> None:
    card = network.settings.load(box_file, network.Box).network[0]
    live_rules.apply(live_rules.pause(card, timedelta(seconds=2)))
    assert firewall.cards("paused") == ["eth1"]
    time.sleep(2.5)
    assert firewall.cards("paused") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--for", "9h", "--why", "x"], "between one minute and 8 hours"),
        (["--for", "soon", "--why", "x"], "is no time such as 30m"),
        (["--for", "30m", "--why", " "], "needs a reason"),
        (["--for", "30m", "--why", "x", "--by", "mo"], "its DSL or network manager may"),
        (["--for", "30m", "--why", "x", "--network", "staff"], "known: pupils, visitors"),
    ],
)
def test_what_may_not_be_is_refused(
    end: list[str], firewall: Firewall, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        pause([*end, *arguments])
    assert said in capsys.readouterr().err
    assert firewall.cards("paused") == []


def test_a_second_pause_and_an_end_without_one_are_refused(
    end: list[str], firewall: Firewall, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        resume(end)
    pause(["--for", "30m", "--why", "x", *end])
    with pytest.raises(SystemExit):
        pause(["--for", "30m", "--why", "x", *end])
    errors = capsys.readouterr().err
    assert "pupils is not paused" in errors
    assert "paused already" in errors


def test_without_nft_nothing_is_said_to_be_paused(
    end: list[str],
    sessions: sessionmaker[Session],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def gone(*arguments: object, **options: object) -> None:
        raise FileNotFoundError("nft")

    monkeypatch.setattr(live_rules.subprocess, "run", gone)
    with pytest.raises(SystemExit):
        pause(["--for", "30m", "--why", "x", *end])
    assert "nft is not installed here; this is done on the gateway box" in capsys.readouterr().err
    with sessions() as session:
        assert network_pauses.all_lasting(session) == []
    assert kinds(sessions) == []
