import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detection import settings, wire
from detection.observation import Mark
from detection.sealing import new_key
from detection.sensor import SensorSettings
from proxy_addons.replay import spectator
from proxy_addons.replay.capture_file import file_sha256
from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.spectator import AwayError, Deliverer, Onlooker
from tests.proxy_addons.appliance_double import Appliance, appliance
from tests.proxy_addons.replay.delivering import sensor_settings
from tests.proxy_addons.replay.factories import NOON, PUPIL, WORDS, Talk, answer, get, library, search, write

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Appliance]:
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    with appliance(tmp_path / "private.key") as made:
        yield made


def capture(folder: Path) -> Path:
    """A page that is flagged, the picture it then loads, long after that something else, and a search."""
    page = b'<img src="/dot.png"><p>they said ' + WORDS.encode() + b" at all</p>"
    talk = Talk().hello().up(get("/page")).down(answer(page))
    talk.up(get("/dot.png", Referer="http://news.test/page")).down(answer(b"\x89PNG a picture", kind="image/png"))
    talk.at += 3600
    talk.up(get("/later")).down(answer()).up(search()).down(answer())
    return write(folder / "talk.pcap", talk.bye().packets)


def delivered(folder: Path, url: str) -> tuple[Outcome, str]:
    """What was found, and what did not arrive."""
    file = capture(folder)
    given = settings.load(sensor_settings(folder, url), SensorSettings)
    watching = Deliverer(given, library(), file_sha256(file))
    outcome = asyncio.run(replay(file, file_sha256(file), watching))
    return outcome, watching.finish()


def test_an_onlooker_knows_addresses_alone() -> None:
    subject = Onlooker(library()).subject_for(PUPIL, None, datetime.fromtimestamp(NOON, UTC))
    assert subject.key == f"address:{PUPIL}"


def test_what_an_onlooker_saw_in_one_capture_hides_nothing_in_the_next(tmp_path: Path) -> None:
    file, watching = capture(tmp_path), Onlooker(library())
    first = asyncio.run(replay(file, file_sha256(file), watching)).detections
    assert first
    assert asyncio.run(replay(file, file_sha256(file), watching.afresh())).detections == first


def test_what_is_found_arrives_marked_as_replayed_and_at_the_packets_time(tmp_path: Path, double: Appliance) -> None:
    outcome, missing = delivered(tmp_path, double.url)
    assert missing == ""
    reports = [report.detection.observation for report in double.reports]
    assert [seen.id for seen in reports] == [d.observation.id for d in outcome.detections]
    assert [seen.channel for seen in reports] == ["page", "search"]
    assert all(Mark.REPLAY in seen.marks for seen in reports)
    assert reports[0].seen_at == reports[0].reported_at == datetime.fromtimestamp(NOON + 0.05, UTC)
    assert reports[0].subject.organisation == "hillside"


def test_the_pictures_of_a_page_follow_however_long_the_capture_goes_on(tmp_path: Path, double: Appliance) -> None:
    delivered(tmp_path, double.url)
    page = next(r.detection.observation for r in double.reports if r.detection.observation.channel == "page")
    fuller = double.fuller[page.id]
    entries = double.index(fuller["index"])
    assert entries is not None
    assert [entry["request"]["url"] for entry in entries] == ["http://news.test/page", "http://news.test/dot.png"]
    assert set(fuller["blobs"]) <= set(double.blobs)


def test_delivered_twice_it_says_the_same_to_the_byte(tmp_path: Path, double: Appliance) -> None:
    delivered(tmp_path, double.url)
    first, fuller, blobs = double.reports[:], dict(double.fuller), set(double.blobs)
    double.reports.clear()
    double.fuller.clear()
    delivered(tmp_path, double.url)
    assert [wire.dump(report) for report in double.reports] == [wire.dump(report) for report in first]
    assert (double.fuller, set(double.blobs)) == (fuller, blobs)


def test_what_cannot_be_delivered_waits_sealed_and_is_delivered_next_time(
    tmp_path: Path, double: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spectator, "HOPELESS", 1)
    with monkeypatch.context() as busy:
        busy.setattr(double, "put", lambda path, body: 503)
        assert "waits in the outbox" in delivered(tmp_path, double.url)[1]
    assert WORDS.encode() not in (tmp_path / "outbox.db").read_bytes()
    assert delivered(tmp_path, double.url)[1] == ""
    assert {report.detection.observation.channel for report in double.reports} == {"page", "search"}


def test_nothing_is_delivered_while_it_is_not_known_who_is_who(tmp_path: Path) -> None:
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    with pytest.raises(AwayError, match="does not say who is who: unreachable"):
        delivered(tmp_path, NOBODY)
    with appliance(tmp_path / "private.key") as double:
        assert delivered(tmp_path, double.url)[1] == ""
        assert len(double.reports) == 2


def test_what_the_appliance_refuses_is_said(tmp_path: Path, double: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double, "put", lambda path, body: 422)
    assert delivered(tmp_path, double.url)[1] == "the appliance refused some of it, which is set aside in the outbox"
