import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy.orm import Session, sessionmaker

from appliance.running import sample_day
from appliance.running.display import Display
from appliance.running.places import Places
from appliance.running.sample_day import DayError, await_captures, play_day, stage
from appliance.running.settings_files import Ports
from appliance.sample.day import Ask, Day, Talk, load_day
from appliance.sample.sites import CHAT_HOST
from appliance.sample.web import SampleWeb
from tests.appliance.sample.tunnels import Tunnels


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "var")
    places.make()
    return places


@pytest.fixture
def web(places: Places) -> Iterator[SampleWeb]:
    with SampleWeb(places.sample_web, datetime.now(UTC)) as running:
        yield running


def say_status(places: Places, *, waiting: int = 0) -> None:
    at = datetime.now(UTC) + timedelta(minutes=5)
    sensor = {"waiting": waiting, "blobs_waiting": 0, "bindings_confirmed": at.isoformat()}
    report = {"at": at.isoformat(), "pending_bytes": 0, "sensor": sensor}
    places.gateway_status.write_text(json.dumps(report))


def test_failures_are_shown_by_reference_and_without_anybodys_words(places: Places, web: SampleWeb) -> None:
    say_status(places)
    tunnels = Tunnels({name: where for name, where in web.hosts.items() if name != CHAT_HOST})
    day = load_day()
    some = [planned for planned in day.acts if isinstance(planned.act, Talk | Ask)]
    places.root.parent.mkdir()
    places.root.write_bytes(web.root.read_bytes())
    where = stage(web, places, Ports(console=1, proxy=int(tunnels.url.rpartition(":")[2]), appliance=1, agents=1))
    out = StringIO()
    tally = play_day(Day(day.people, tuple(some)), where, places, Display(Console(file=out)), seconds=0, seed=1)
    tunnels.close()
    lines = [line for line in out.getvalue().splitlines() if line.startswith("failed")]
    assert len(lines) == len(tally.failures) == sum(isinstance(planned.act, Talk) for planned in some)
    assert "failed in Break: talk by p0803, p0801, p0804: ProxyError" in lines
    assert "ugly" not in out.getvalue()


def test_a_gateway_that_knows_nobody_is_not_played_at(
    places: Places, web: SampleWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_day, "GATEWAY_PATIENCE", 0.0)
    places.root.parent.mkdir()
    places.root.write_bytes(web.root.read_bytes())
    where = stage(web, places, Ports(console=1, proxy=1, appliance=1, agents=1))
    with pytest.raises(DayError, match="has not been told who is where"):
        play_day(load_day(), where, places, Display(Console(file=StringIO())), seconds=0, seed=1)


def test_it_waits_until_nothing_is_on_its_way(places: Places, sessions: sessionmaker[Session]) -> None:
    say_status(places)
    assert await_captures(sessions, places, Display(Console(file=StringIO()))).done


def test_it_does_not_wait_for_ever(
    places: Places, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_day, "PATIENCE", 0.0)
    say_status(places, waiting=1)
    assert not await_captures(sessions, places, Display(Console(file=StringIO()))).done
