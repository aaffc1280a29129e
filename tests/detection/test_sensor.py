"""From an observation to the appliance, with every part of a sensor in place."""

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from detection import canary
from detection.library import Category, LibraryError
from detection.observation import Evidence, Mark
from detection.outbox import OutboxError
from detection.sealing import Opener
from detection.sensor import Sensor, SensorSettings
from detection.settings import SettingsError
from detection.wire import Report, parse, parse_supplement
from tests.detection import illegal, libraries
from tests.detection.factories import detection, observation
from tests.detection.scripted_appliance import Asked, Scripted, ScriptedAppliance, eventually
from tests.detection.sensing import FlagsUnkindness, bindings_answer


def opened(asked: Asked, folder: Path) -> bytes:
    return Opener((folder / "private").read_bytes()).open(base64.b64decode(asked.json["sealed"]))


def reports(appliance: ScriptedAppliance, folder: Path) -> list[Report]:
    return [parse(opened(asked, folder)) for asked in appliance.asked if asked.method == "POST"]


def page(*more: bytes) -> Evidence:
    bodies = (b"<p>nobody likes you</p>", *more)
    return Evidence(index=b'{"log": {}}', bodies={hashlib.sha256(body).hexdigest(): body for body in bodies})


def test_what_is_flagged_reaches_the_appliance_with_its_evidence(
    sensor: Sensor, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    sensor.start()
    found = sensor.observe(observation(), page)
    assert found == detection()
    assert sensor.finish(20)
    (report,) = reports(appliance, tmp_path)
    assert report.detection == found
    assert report.evidence
    sent = {asked.path.removeprefix("/evidence/") for asked in appliance.asked if asked.method == "PUT"}
    assert sent == set(report.evidence.blobs)


def test_what_matches_nothing_leaves_no_trace(sensor: Sensor, appliance: ScriptedAppliance, tmp_path: Path) -> None:
    asked_for: list[str] = []

    def evidence() -> Evidence | None:
        asked_for.append("evidence")
        return None

    assert sensor.observe(observation(text="a quiet afternoon of swimming"), evidence, evidence) is None
    sensor.start()
    assert sensor.finish(20)
    assert asked_for == []
    assert reports(appliance, tmp_path) == []
    assert not [f for f in tmp_path.iterdir() if b"swimming" in f.read_bytes()]


def test_nothing_on_the_disk_can_be_read_without_the_appliances_key(sensor: Sensor, tmp_path: Path) -> None:
    sensor.observe(observation(), page)
    on_disk = b"".join(f.read_bytes() for f in tmp_path.iterdir() if f.name.startswith("outbox"))
    assert observation().id.encode() in on_disk
    for secret in (b"nobody", b"bullying", b"p-17", b"chat.example", b"hill-school", b"10.0.0.7", b"library-1"):
        assert secret not in on_disk


def test_a_fuller_bundle_follows_before_the_program_ends(
    sensor: Sensor, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    sensor.start()
    sensor.observe(observation(), page, lambda: page(b"a picture"))
    assert sensor.finish(20)
    paths = [asked.path for asked in appliance.asked if asked.method != "GET"]
    place = paths.index(f"/detections/{observation().id}/evidence")
    assert paths[0] == "/detections"
    assert len(paths) > place + 1
    supplement = parse_supplement(opened([a for a in appliance.asked if a.method != "GET"][place], tmp_path))
    assert supplement.evidence
    assert len(supplement.evidence.blobs) == 3


def test_what_could_not_be_delivered_is_delivered_after_a_restart(
    settings: SensorSettings, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    first = Sensor(settings, detector=FlagsUnkindness())
    first.observe(observation(), page)
    assert first.stop()
    second = Sensor(settings, detector=FlagsUnkindness())
    assert second.health().waiting == 1
    second.start()
    assert second.finish(20)
    assert [report.detection for report in reports(appliance, tmp_path)] == [detection()]


def test_health_tells_the_watchdog(sensor: Sensor, appliance: ScriptedAppliance) -> None:
    appliance.answer = lambda asked: bindings_answer(asked) or Scripted(422 if asked.json["id"] == "a" else 503)
    assert not sensor.health().running
    sensor.start()
    sensor.observe(observation(id="a"))
    eventually(lambda: sensor.health().set_aside == 1)
    sensor.observe(observation(id="b"))
    eventually(lambda: sensor.health().delivery_error == "answer 503")
    eventually(lambda: sensor.health().bindings_confirmed is not None)
    health = sensor.health()
    assert health.running
    assert (health.reported, health.waiting, health.set_aside, health.unreported) == (2, 1, 1, 0)
    assert health.oldest_waiting == observation().reported_at.isoformat()
    json.dumps(asdict(health))


def test_what_a_broken_disk_does_not_take_reaches_the_appliance_all_the_same(
    sensor: Sensor, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    sensor._outgoing._outbox.close()
    sensor.start()
    sensor.observe(observation(), page)
    eventually(lambda: bool(reports(appliance, tmp_path)))
    health = sensor.health()
    assert (health.in_memory, health.unreported, health.waiting) == (1, 0, None)
    assert "outbox.db" in health.outbox_error


def test_who_is_where_comes_from_the_appliance(sensor: Sensor) -> None:
    sensor.start()
    now = observation().seen_at
    eventually(lambda: sensor.bindings.subject_for("10.0.0.7", None, now).people == ("p-17",))


@pytest.mark.parametrize(
    ("spoil", "error", "problem"),
    [
        (lambda s: s.public_key.unlink(), SettingsError, "public: the appliance's public key cannot be read"),
        (lambda s: s.public_key.write_bytes(b"x" * 31), SettingsError, "public: does not hold the appliance's public"),
        (lambda s: s.token_file.chmod(0o644), SettingsError, "token: others can read the token"),
        (lambda s: s.outbox.write_text("minutes of a meeting"), OutboxError, r"outbox\.db: "),
    ],
)
def test_anything_doubtful_stops_the_start(
    settings: SensorSettings, spoil: Callable[[SensorSettings], object], error: type[Exception], problem: str
) -> None:
    spoil(settings)
    with pytest.raises(error, match=problem):
        Sensor(settings, detector=FlagsUnkindness())


def test_a_library_that_is_none_stops_the_start(settings: SensorSettings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    values = {name: getattr(settings, name) for name in asdict(settings)} | {"library": tmp_path / "empty"}
    with pytest.raises(LibraryError):
        Sensor(SensorSettings(**values))


def with_list(settings: SensorSettings, folder: Path) -> SensorSettings:
    (folder / "illegal.pub").write_bytes(bytes(illegal.KEY.verify_key))
    file = illegal.write(folder / "list")
    return replace(settings, illegal_lists=(file,), illegal_key=folder / "illegal.pub", illegal_seconds=0.01)


def test_listed_content_is_reported_once_and_leaves_no_trace_of_its_address(
    settings: SensorSettings, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    sensor = Sensor(with_list(settings, tmp_path), detector=FlagsUnkindness())
    sensor.start()
    first, again = sensor.sighted(illegal.sighting()), sensor.sighted(illegal.sighting())
    assert first
    assert again is None
    eventually(lambda: bool(reports(appliance, tmp_path)))
    report = reports(appliance, tmp_path)[0]
    assert (report.detection.severity, report.detection.category, report.evidence) == (5, "illegal", None)
    assert b"listed.test" not in b"".join(opened(a, tmp_path) for a in appliance.asked if a.method == "POST")
    sensor.stop()


def test_listed_content_the_outbox_would_not_take_is_no_repeat_next_time(
    settings: SensorSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sensor = Sensor(with_list(settings, tmp_path), detector=FlagsUnkindness())
    monkeypatch.setattr("detection.outbox.Outbox.put", refuse)
    with pytest.raises(OutboxError):
        sensor.sighted(illegal.sighting())
    monkeypatch.undo()
    assert sensor.sighted(illegal.sighting())
    sensor.stop()


def refuse(*_: object, **__: object) -> None:
    raise OutboxError("the disk is full")


def test_a_list_that_will_not_do_stops_the_start_and_later_shows_in_the_health(
    settings: SensorSettings, tmp_path: Path
) -> None:
    listed = with_list(settings, tmp_path)
    sensor = Sensor(listed, detector=FlagsUnkindness())
    sensor.start()
    assert sensor.health().illegal_entries == 2
    listed.illegal_lists[0].write_bytes(b"broken")
    eventually(lambda: "is not signed" in sensor.health().illegal_error)
    assert (sensor.health().illegal_entries, sensor.health().running) == (2, True)
    sensor.stop()
    with pytest.raises(SettingsError, match="list: illegal_lists: is not signed"):
        Sensor(listed, detector=FlagsUnkindness())


def test_what_happened_at_a_helpline_is_neither_reported_nor_remembered(
    settings: SensorSettings, tmp_path: Path
) -> None:
    own = libraries.write(tmp_path / "own")
    sensor = Sensor(replace(settings, library=own, second_opinion=False))
    there = {"app": "www.childline.org.uk", "location": "https://www.childline.org.uk/message"}
    assert sensor.observe(observation(**there)) is None
    found = sensor.observe(observation(id="2" * 32))
    assert found
    assert found.before == ()
    sensor.stop()


@pytest.fixture
def tested(settings: SensorSettings, tmp_path: Path) -> Iterator[Sensor]:
    """With the canary's key."""
    canary.new_key(tmp_path / "canary.key")
    sensor = Sensor(replace(settings, canary_key=tmp_path / "canary.key"), detector=FlagsUnkindness())
    yield sensor
    sensor.stop()


def test_the_canary_is_a_test_once_and_covers_nothing_else_in_its_text(
    tested: Sensor, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    seen = observation()
    phrase = f"{canary.WORDS} {canary.token((tmp_path / 'canary.key').read_bytes(), seen.seen_at)}"
    tested.start()
    tested.observe(replace(seen, text=f"{seen.text}. {phrase}"), page)
    assert tested.observe(replace(seen, id="3" * 32, text=phrase)) is None
    eventually(lambda: len(reports(appliance, tmp_path)) == 2)
    test, meant = reports(appliance, tmp_path)
    assert (test.detection.severity, test.detection.observation.text, test.evidence) == (1, phrase, None)
    assert test.detection.observation.marks == {Mark.TEST}
    assert (meant.detection.category, meant.detection.severity) == ("bullying", 3)
    assert "nobody likes you" in meant.detection.observation.text
    assert (tested.health().canaries, tested.health().stale_canaries) == (1, 0)
    assert not meant.detection.observation.marks


def test_the_canary_between_the_words_of_a_phrase_hides_nothing(
    settings: SensorSettings, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    canary.new_key(tmp_path / "canary.key")
    named = replace(settings, canary_key=tmp_path / "canary.key", school_names=("Hill School",), second_opinion=False)
    sensor = Sensor(named, at_hand=libraries.library())
    phrase = f"{canary.WORDS} {canary.token((tmp_path / 'canary.key').read_bytes(), observation().seen_at)}"
    found = sensor.observe(observation(text=f"i go to hill {phrase} school"))
    sensor.stop()
    assert found is not None
    assert (found.category, found.observation.text) == (Category.PERSONAL_INFORMATION, "i go to hill school")
    assert found.observation.marks == frozenset()


@pytest.mark.parametrize("hours", [2, 24, -3])
def test_a_stale_canary_is_counted_and_graded_like_any_other_words(tested: Sensor, tmp_path: Path, hours: int) -> None:
    seen = observation()
    shifted = seen.seen_at - timedelta(hours=hours)
    phrase = f"{canary.WORDS} {canary.token((tmp_path / 'canary.key').read_bytes(), shifted)}"
    assert tested.observe(replace(seen, text=phrase, id="4" * 32)) is None
    meant = tested.observe(replace(seen, text=f"{seen.text}. {phrase}"))
    assert meant is not None
    assert (meant.category, meant.severity, meant.observation.marks) == (Category.BULLYING, 3, frozenset())
    assert (tested.health().canaries, tested.health().stale_canaries) == (0, 2)


def test_without_a_key_no_text_is_a_test(sensor: Sensor) -> None:
    assert sensor.observe(observation(text=f"{canary.WORDS} {canary.token(b'k' * 32, observation().seen_at)}")) is None


def test_a_canarys_key_that_others_can_read_stops_the_start(settings: SensorSettings, tmp_path: Path) -> None:
    canary.new_key(tmp_path / "canary.key")
    (tmp_path / "canary.key").chmod(0o644)
    with pytest.raises(SettingsError, match="canary_key: others can read it"):
        Sensor(replace(settings, canary_key=tmp_path / "canary.key"), detector=FlagsUnkindness())


def test_the_schools_names_reach_the_detector(settings: SensorSettings) -> None:
    given = replace(settings, school_names=("Hill School",), second_opinion=False)
    named = Sensor(given, at_hand=libraries.library())
    detection = named.observe(observation(text="i go to hill school"))
    named.stop()
    assert detection is not None
    assert detection.category is Category.PERSONAL_INFORMATION


def test_what_only_the_model_or_documents_need_is_not_loaded_with_a_sensor() -> None:
    """Each takes megabytes, which a device without the model has not to spare."""
    heavy = ("numpy", "onnxruntime", "lxml", "pypdf", "charset_normalizer")
    code = f"import sys, detection.sensor; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"


def test_what_the_school_does_not_want_to_know_was_never_there(
    settings: SensorSettings, appliance: ScriptedAppliance, tmp_path: Path
) -> None:
    wanted = [False, True]
    sensor = Sensor(settings, keeps=lambda _: wanted.pop(0), detector=FlagsUnkindness())
    assert sensor.observe(observation(id="a")) is None
    assert sensor.observe(observation(id="b"))
    sensor.start()
    assert sensor.finish(20)
    assert [report.detection.observation.id for report in reports(appliance, tmp_path)] == ["b"]
