"""A place is reported once, and again only if what stands there has become graver."""

from datetime import UTC, datetime
from pathlib import Path

from agent.service.growing import Growing
from agent.service.outbox import DeviceOutbox

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_only_what_is_graver_is_news(tmp_path: Path) -> None:
    outbox = DeviceOutbox(tmp_path / "outbox.db", bytes(32), 2**20)
    growing = Growing(outbox)

    def reported(id: str, place: str, severity: int) -> bool:
        growing.look_at(id, "pupil", place)
        if news := growing.is_news(severity):
            outbox.put(id=id, reported_at=NOW, sealed=b"x", severity=severity)
        return news

    assert reported("a", "s1", 3)
    assert not reported("b", "s1", 3)
    assert not reported("c", "s1", 2)
    assert reported("d", "s1", 4)
    assert reported("e", "s2", 3)
    assert reported("f", "", 3)
    assert reported("g", "", 3)
    outbox.close()
