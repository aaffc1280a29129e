"""What had to go for want of room is counted for good, and the school hears of it."""

from datetime import UTC, datetime
from pathlib import Path

from agent.service.dropped import Dropped
from agent.service.journal import Happened, Journal

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_it_is_counted_over_restarts_and_each_time_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    dropped = Dropped(journal, lambda: NOW)
    assert dropped.count == 0
    dropped.tell(2)
    dropped.tell(3)
    assert [(event.kind, event.at) for event in journal.events()] == [(Happened.DROPPED, NOW)] * 2
    assert [event.said[:1] for event in journal.events()] == ["2", "3"]
    journal.close()
    again = Journal(tmp_path / "j")
    assert Dropped(again, lambda: NOW).count == 5
    again.close()
