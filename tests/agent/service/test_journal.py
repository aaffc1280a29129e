"""What happened to the agent is kept until the appliance has it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.service import journal as module
from agent.service.journal import Happened, Journal, SignIn

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_events_stay_over_a_restart_until_they_are_answered(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.add(Happened.STARTED, NOW)
    journal.add(Happened.KILLED, NOW, until=NOW, account="a.clarke", said="Words.")
    again = Journal(tmp_path / "j")
    started, killed = again.events()
    assert (started.kind, started.at, started.until) == ("started", NOW, None)
    assert (killed.kind, killed.until, killed.account, killed.said) == ("killed", NOW, "a.clarke", "Words.")
    again.add(Happened.STOPPED, NOW)
    again.answered([started, killed], [])
    assert [event.kind for event in journal.events()] == ["stopped"]
    journal.close()
    again.close()


def test_a_sign_in_is_told_until_its_end_was_answered(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    for _ in range(2):
        journal.begin(SignIn(id="s1", account="a.clarke", since=NOW, local=True))
    (lasting,) = journal.sign_ins()
    assert lasting == SignIn(id="s1", account="a.clarke", since=NOW, local=True)
    journal.answered([], [lasting])
    assert journal.sign_ins() == [lasting]
    journal.end("s1", NOW)
    journal.answered([], [lasting])  # of its end that answer knew nothing
    (ended,) = journal.sign_ins()
    assert ended.until == NOW
    journal.answered([], [ended])
    assert journal.sign_ins() == []
    journal.close()


def test_after_months_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    journal = Journal(tmp_path / "j")
    for number in range(5):
        journal.add(Happened.STARTED, NOW, said=str(number))
    assert [event.said for event in journal.events()] == ["2", "3", "4"]
    journal.close()


def test_marks_are_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    assert journal.marked("alive") == ""
    journal.mark("alive", "one")
    journal.mark("alive", "other")
    assert journal.marked("alive") == "other"
    assert (tmp_path / "j").stat().st_mode & 0o077 == 0
    journal.close()


def test_a_damaged_journal_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("no database at all, but long enough to be taken for one" * 100)
    with pytest.raises(OSError, match=r"j: cannot be used as the journal: .* remove it and start again"):
        Journal(tmp_path / "j")
