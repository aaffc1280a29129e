import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from appliance.models import DrawState
from appliance.running.settling import knows_people, settled
from tests.appliance.factories import NOON, capture, device, incident, school


def write(file: Path, *, waiting: int = 0, blobs: int = 0, pending: int = 0, confirmed: str | None = "x") -> Path:
    sensor = {"waiting": waiting, "blobs_waiting": blobs, "bindings_confirmed": confirmed}
    file.write_text(json.dumps({"at": NOON.isoformat(), "pending_bytes": pending, "sensor": sensor}))
    return file


def test_it_is_done_once_nothing_waits_and_all_is_drawn(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    status = write(tmp_path / "status.json")
    assert settled(sessions, status, NOON).done
    with sessions.begin() as session:
        of = school(session)
        one, by = incident(session, of), device(session, of)
        first = capture(session, one, by, id="one", draw_state=DrawState.DRAWN)
        capture(session, one, by, id="two", draw_state=DrawState.WAITING)
        assert first.id == "one"
    now = settled(sessions, status, NOON)
    assert (now.done, now.captures, now.drawn, now.incidents) == (False, 2, 1, 1)


@pytest.mark.parametrize("waits", [{"waiting": 1}, {"blobs": 1}, {"pending": 1}])
def test_what_the_gateway_still_has_is_waited_for(
    sessions: sessionmaker[Session], tmp_path: Path, waits: dict[str, Any]
) -> None:
    assert not settled(sessions, write(tmp_path / "status.json", **waits), NOON).done


def test_old_or_missing_or_broken_figures_say_nothing(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    status = tmp_path / "status.json"
    assert settled(sessions, status, NOON).sending is None
    assert settled(sessions, write(status), NOON + timedelta(seconds=1)).sending is None
    status.write_text("{")
    assert settled(sessions, status, NOON).sending is None


def test_it_is_seen_whether_the_gateway_knows_who_is_where(tmp_path: Path) -> None:
    status = tmp_path / "status.json"
    assert not knows_people(status)
    assert not knows_people(write(status, confirmed=None))
    assert knows_people(write(status))
