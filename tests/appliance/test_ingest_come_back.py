"""While the appliance can write nothing, it keeps nothing by halves and asks the sensor to come back."""

from pathlib import Path

import pytest
from sqlalchemy import text

from appliance.models import Capture, Entry, Incident
from tests.appliance.factories import bundle, envelope, report
from tests.appliance.ingesting import Appliance, started


def test_while_another_writes_for_long_the_sensor_is_asked_to_come_back(url: str, tmp_path: Path) -> None:
    appliance = started(url, tmp_path, busy_seconds=0.0)
    appliance.get("/bindings")  # so that only the detection itself has something to write
    with appliance.sessions.begin() as other:
        other.execute(text("SELECT 1"))
        answer = appliance.post(envelope(report("obs-1")))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert appliance.post(b"not json").status_code == 503
    assert appliance.post(envelope(report("obs-1"))).status_code == 201
    appliance.sessions.kw["bind"].dispose()


def test_a_full_disk_keeps_nothing_by_halves(appliance: Appliance) -> None:
    with appliance.sessions() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    answer = appliance.post(envelope(report("obs-1", text="so alone " * 40000)))
    assert answer.status_code == 503
    assert (appliance.count(Capture), appliance.count(Incident), appliance.count(Entry)) == (0, 0, 0)


def test_a_full_vault_asks_the_sensor_to_come_back(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(appliance.vault, "put", full)
    assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 503
