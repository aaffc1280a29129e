"""From an observation to the appliance, with every part of a sensor in place."""

import base64
import hashlib
import json
import string
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import islice, product
from pathlib import Path

import pytest

from detection import canary, library_keys
from detection.grading import Detection
from detection.library import Category, Library, LibraryError
from detection.library_bundle import Bundle, build
from detection.observation import Evidence, Mark, Observation
from detection.outbox import OutboxError
from detection.sealing import Opener, new_key
from detection.sensor import Sensor, SensorSettings
from detection.settings import SettingsError
from detection.wire import Report, parse, parse_supplement
from tests.detection import illegal, libraries
from tests.detection.factories import detection, observation, phrase
from tests.detection.scripted_appliance import Asked, Scripted, ScriptedAppliance, eventually, token_file

BINDINGS = {
    "organisation": "hill-school",
    "bindings": [
        {
            "address": "10.0.0.7",
            "device": None,
            "person": "p-17",
            "role": "pupil",
            "age_band": "11-16",
            "source": "address-list",
            "since": None,
        }
    ],
}


class FlagsUnkindness:
    def detect(self, observation: Observation) -> Detection | None:
        return detection(observation=observation) if "nobody likes you" in observation.text else None


@pytest.fixture
def settings(appliance: ScriptedAppliance, tmp_path: Path) -> SensorSettings:
    new_key(tmp_path / "private", tmp_path / "public")
    appliance.answer = lambda asked: bindings_answer(asked)
    return SensorSettings(
        appliance_url=appliance.url,
        token_file=token_file(tmp_path),
        public_key=tmp_path / "public",
        outbox=tmp_path / "outbox.db",
        bindings_cache=tmp_path / "bindings.json",
        later_seconds=3600,
    )


def bindings_answer(asked: Asked) -> Scripted | None:
    return Scripted(200, json.dumps(BINDINGS).encode(), {"ETag": '"1"'}) if asked.method == "GET" else None


@pytest.fixture
def sensor(settings: SensorSettings) -> Iterator[Sensor]:
    sensor = Sensor(settings, detector=FlagsUnkindness())
    yield sensor
    sensor.stop()


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
    sensor._outbox.close()
    sensor.start()
    sensor.observe(observation(), page)
    eventually(lambda: bool(reports(appliance, tmp_path)))
    health = sensor.health()
    assert (health.in_memory, health.unreported, health.waiting) == (1, 0, None)
    assert "outbox.db" in health.outbox_error


def test_what_waits_in_memory_is_told_with_what_waits_on_the_disk(settings: SensorSettings) -> None:
    small = Sensor(replace(settings, outbox_megabytes=1), detector=FlagsUnkindness())
    while not small.health().in_memory:
        small.observe(observation(id=str(small.health().reported), text="nobody likes you " * 2000))
    health = small.health()
    assert health.waiting == health.reported
    assert not small.stop()


def test_who_is_where_comes_from_the_appliance(sensor: Sensor) -> None:
    sensor.start()
    now = observation().seen_at
    eventually(lambda: sensor.bindings.subject_for("10.0.0.7", None, now).people == ("p-17",))


def library(text: str) -> Library:
    return Library((phrase(text=text, id="en.bullying.made-up"),))


def test_a_new_library_counts_from_the_next_observation(sensor: Sensor) -> None:
    sensor.replace_library(library("purple giraffe"))
    assert sensor.observe(observation(text="what a purple giraffe you are"))
    version = sensor.health().library_version
    assert version
    sensor.replace_library(library("green giraffe"))
    assert sensor.observe(observation(text="some other purple giraffe")) is None
    again = sensor.observe(observation(text="look, a green giraffe"))
    assert again
    assert [earlier.text for earlier in again.before] == ["what a purple giraffe you are", "some other purple giraffe"]
    assert sensor.health().library_version != version


def test_a_library_that_differs_in_all_is_left_to_the_process_that_takes_over(
    settings: SensorSettings, appliance: ScriptedAppliance
) -> None:
    purple = libraries.a("purple giraffe", hits=("purple giraffe",))
    near = Library((purple, libraries.a("green giraffe", hits=("green giraffe",))))
    far = Library(tuple(libraries.a(f"{word} giraffe", hits=(f"{word} giraffe",)) for word in _words(101)))
    following, _ = releases(settings, appliance)
    following.library_bundle.write_bytes(released(following, "purple giraffe", 1).body)
    sensor = Sensor(following, is_replaced=True)
    assert sensor.replace_library(near)
    assert not sensor.replace_library(far)
    assert sensor.observe(observation(text="what a green giraffe you are"))
    assert sensor.health().library_version == near.version
    sensor.stop()
    alone = Sensor(following)
    assert alone.replace_library(far)
    alone.stop()


def _words(number: int) -> Iterator[str]:
    return ("".join(letters) for letters in islice(product(string.ascii_lowercase, repeat=3), number))


def test_the_shipped_library_is_used_where_none_is_set(settings: SensorSettings) -> None:
    sensor = Sensor(settings)
    assert sensor.health().library_version
    assert sensor.observe(observation(text="a quiet afternoon of swimming")) is None
    sensor.stop()


def releases(settings: SensorSettings, appliance: ScriptedAppliance) -> tuple[SensorSettings, list[Scripted]]:
    """Settings of a sensor that follows the appliance's libraries, and what it is answered next, then 304."""
    answers: list[Scripted] = []

    def answer(asked: Asked) -> Scripted | None:
        if asked.path == "/library":
            return answers.pop(0) if answers else Scripted(304)
        return bindings_answer(asked)

    appliance.answer = answer
    folder = settings.public_key.parent
    library_keys.new_key(folder / "library.key", folder / "library.pub")
    return replace(settings, library_key=folder / "library.pub", library_seconds=0.01), answers


def released(settings: SensorSettings, text: str, serial: int) -> Scripted:
    known = Library((phrase(text=text, id="en.bullying.made-up", hits=(text,)),))
    bundle = Bundle(library=known, serial=serial, built_by="Jo Bell", built_at=observation().seen_at)
    key = library_keys.read_private(settings.public_key.parent / "library.key")
    return Scripted(200, build(bundle, key), {"ETag": f'"{known.version}"'})


def test_a_released_library_counts_without_a_restart_and_after_one(
    settings: SensorSettings, appliance: ScriptedAppliance
) -> None:
    following, answers = releases(settings, appliance)
    answers += [Scripted(503), released(following, "purple giraffe", 1), released(following, "green giraffe", 2)]
    first = Sensor(replace(following, library=libraries.write(settings.public_key.parent / "own")))
    shipped = first.health().library_version
    first.start()
    eventually(lambda: first.observe(observation(text="look, a green giraffe")) is not None)
    health = first.health()
    assert health.library_version != shipped
    assert (health.library_confirmed is not None, health.library_error, health.running) == (True, "", True)
    first.stop()
    second = Sensor(following)
    assert (second.health().library_version, second.health().library_confirmed) == (health.library_version, None)
    assert second.observe(observation(text="another green giraffe"))
    second.stop()


def test_a_library_that_does_not_verify_is_told_and_not_used(
    settings: SensorSettings, appliance: ScriptedAppliance
) -> None:
    following, answers = releases(settings, appliance)
    good = released(following, "purple giraffe", 1)
    answers += [replace(good, body=good.body.replace(b"purple", b"purble"))] * 1000
    sensor = Sensor(replace(following, library=libraries.write(settings.public_key.parent / "own")))
    before = sensor.health().library_version
    sensor.start()
    eventually(lambda: "not signed with the appliance's key" in sensor.health().library_error)
    assert (sensor.health().library_version, sensor.health().library_confirmed) == (before, None)
    sensor.stop()


def test_without_a_key_no_library_is_asked_for(sensor: Sensor, appliance: ScriptedAppliance) -> None:
    sensor.start()
    eventually(lambda: sensor.health().bindings_confirmed is not None)
    assert "/library" not in {asked.path for asked in appliance.asked}
    assert (sensor.health().library_confirmed, sensor.health().library_error) == (None, "")


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
    assert not meant.detection.observation.marks


def test_without_a_key_no_text_is_a_test(sensor: Sensor) -> None:
    assert sensor.observe(observation(text=f"{canary.WORDS} {canary.token(b'k' * 32, observation().seen_at)}")) is None


def test_a_canarys_key_that_others_can_read_stops_the_start(settings: SensorSettings, tmp_path: Path) -> None:
    canary.new_key(tmp_path / "canary.key")
    (tmp_path / "canary.key").chmod(0o644)
    with pytest.raises(SettingsError, match="canary_key: others can read it"):
        Sensor(replace(settings, canary_key=tmp_path / "canary.key"), detector=FlagsUnkindness())


def test_the_schools_names_reach_the_detector(settings: SensorSettings) -> None:
    named = Sensor(replace(settings, school_names=("Hill School",), second_opinion=False))
    detection = named.observe(observation(text="i go to hill school"))
    named.stop()
    assert detection is not None
    assert detection.category is Category.PERSONAL_INFORMATION
