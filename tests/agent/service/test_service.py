"""The service as a process, over a real socket and real TLS: what sessions say arrives once, or never left."""

import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from agent.link.asking import ask_standing
from agent.link.saying import Saying
from agent.seen import Seen
from agent.service.alive import since_boot
from agent.service.gaps import BACK
from agent.service.logins import Login
from agent.service.monitoring import NOT_A_PUPIL, REVOKED
from agent.service.service import Service
from agent.service.settings import AgentSettings
from detection.library_bundle import Bundle, build
from detection.settings import load
from tests.agent.appliance import PUPIL, AgentsAppliance, agents_appliance, listening, made_appliance
from tests.agent.service.device import HURTS, ME, Device, enrolled_device, seen
from tests.agent.service.test_sign_ins import Screen
from tests.detection import libraries
from tests.detection.scripted_appliance import eventually

ROUNDS = int(os.environ.get("GATEHOUSE_ROUNDS", "200"))

PICTURE = b"\xff\xd8 a window \xff\xd9"


@pytest.fixture
def appliance(tmp_path: Path) -> Iterator[AgentsAppliance]:
    with agents_appliance(tmp_path / "box") as made:
        yield made


@pytest.fixture
def device(tmp_path: Path, appliance: AgentsAppliance) -> Iterator[Device]:
    with enrolled_device(tmp_path / "device", appliance) as made:
        yield made


def hurting(number: int) -> Seen:
    """Each of another sentence: what is said twice within ten minutes is one."""
    return seen(f"{HURTS}, said {_word(number)}", picture=PICTURE)


def _word(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def arrived(appliance: AgentsAppliance) -> list[str]:
    return [report.detection.observation.id for report in appliance.reports]


def test_what_is_typed_arrives_once_with_its_picture_and_whose_it_is(
    device: Device, appliance: AgentsAppliance
) -> None:
    device.start()
    session = device.session()
    device.watched(session)
    hurts, harmless = hurting(1), seen("a quiet afternoon of swimming", picture=PICTURE)
    for said in (harmless, hurts):
        session.say(said)
    eventually(lambda: arrived(appliance) == [hurts.id])
    (report,) = appliance.reports
    observation = report.detection.observation
    assert (observation.subject.people, observation.subject.device) == (("p0701",), "laptop-7")
    assert observation.subject.identity_source == "agent"
    eventually(lambda: len(appliance.blobs) == 2)
    assert any(body.startswith(PICTURE) for body in appliance.evidence(report).values())
    assert session.stop(20)
    assert device.stop() == 0


def test_nothing_readable_lies_on_the_device(device: Device, appliance: AgentsAppliance) -> None:
    appliance.takes = False
    device.start()
    session = device.session()
    device.watched(session)
    session.say(hurting(1))
    eventually(lambda: session.waiting == 0)
    device.kill()
    kept = b"".join(file.read_bytes() for file in device.state.iterdir() if file.is_file())
    for secret in (b"nobody likes", b"bullying", b"a window", b"Year 7", b"p0701", b"Untitled"):
        assert secret not in kept, secret
    assert b"nobody likes" not in (device.folder / "log").read_bytes()


@pytest.mark.parametrize("answer", [None, PUPIL | {"role": "staff"}])
def test_of_anybody_but_a_pupil_nothing_is_recorded(
    device: Device, appliance: AgentsAppliance, answer: dict[str, str] | None
) -> None:
    appliance.accounts[ME] = answer
    device.start()
    session = device.session()
    eventually(lambda: session.orders.paused == NOT_A_PUPIL, 60)
    session.say(hurting(1))
    assert session.stop(20)
    device.stop()
    assert appliance.reports == []
    with sqlite3.connect(device.state / "outbox.db") as outbox:
        assert outbox.execute("SELECT count(*) FROM letters").fetchone() == (0,)
    outbox.close()


def test_while_the_network_is_down_everything_is_kept_over_restarts_and_then_arrives(tmp_path: Path) -> None:
    """Kept for weeks as for seconds: nothing of it depends on how long."""
    appliance = made_appliance(tmp_path / "box")
    with ExitStack() as stack:
        with listening(appliance):
            port = appliance.http.port
            device = stack.enter_context(enrolled_device(tmp_path / "device", appliance))
            device.start()
            session = device.session()
            device.watched(session)
        said = [hurting(number) for number in range(6)]
        for each in said[:2]:
            session.say(each)
        for end in (device.stop, device.kill, device.stop):
            eventually(lambda: session.waiting == 0)
            end()
            session.say(said[2 + len(device.processes)])
            device.start()
        eventually(lambda: session.waiting == 0, 60)
        session.say(said[2])
        assert arrived(appliance) == []
        with listening(appliance, port):
            eventually(lambda: set(arrived(appliance)) == {each.id for each in said}, 90)
            times = {report.detection.observation.id: report.detection.observation for report in appliance.reports}
            assert all(abs(times[each.id].seen_at - each.at) < timedelta(milliseconds=1) for each in said)
            kinds = {event["kind"] for heard in appliance.heard for event in heard["events"]}
            assert {"started", "stopped", "killed"} <= kinds
            session.stop(1)


def test_weeks_later_what_was_kept_still_says_when_it_was(tmp_path: Path) -> None:
    appliance, weeks = made_appliance(tmp_path / "box"), [timedelta(0)]
    with ExitStack() as stack:
        with listening(appliance):
            port = appliance.http.port
            device = stack.enter_context(enrolled_device(tmp_path / "device", appliance))
            settings = load(device.folder / "agent.toml", AgentSettings)
            service = Service(
                settings,
                clock=lambda: datetime.now(UTC) + weeks[0],
                passed=lambda: since_boot() + weeks[0].total_seconds(),
            )
            service.start()
            session = device.session()
            device.watched(session)
        said = list[Seen]()
        for week in range(1, 4):
            weeks[0] = timedelta(weeks=week)
            said.append(replace(hurting(week), at=datetime.now(UTC) + weeks[0]))
            session.say(said[-1])
            eventually(lambda: session.waiting == 0)
        with listening(appliance, port):
            eventually(lambda: len(set(arrived(appliance))) == 3, 90)
            for each, report, envelope in zip(said, appliance.reports, appliance.envelopes, strict=False):
                observation = report.detection.observation
                assert observation.seen_at == each.at
                assert envelope["reported_at"] == observation.reported_at.isoformat()
                assert datetime.fromisoformat(envelope["sent_at"]) >= said[-1].at
            service.stop()
        session.stop(1)


def test_a_clock_that_is_set_right_later_puts_right_what_was_seen_before(tmp_path: Path) -> None:
    """What a device saw while it believed it was years ago comes with the difference, though its clock is right by
    then."""
    appliance, behind = made_appliance(tmp_path / "box"), [timedelta(days=2000)]
    with ExitStack() as stack:
        with listening(appliance):
            port = appliance.http.port
            device = stack.enter_context(enrolled_device(tmp_path / "device", appliance))
            settings = load(device.folder / "agent.toml", AgentSettings)
            service = Service(settings, clock=lambda: datetime.now(UTC) - behind[0])
            service.start()
            session = device.session()
            device.watched(session)
        session.say(replace(hurting(1), at=datetime.now(UTC) - behind[0]))
        eventually(lambda: session.waiting == 0)
        behind[0] = timedelta(0)
        with listening(appliance, port):
            eventually(lambda: len(appliance.envelopes) == 1, 90)
            eventually(lambda: "clock" in {event["kind"] for heard in appliance.heard for event in heard["events"]})
            (envelope,) = appliance.envelopes
            off = datetime.now(UTC) - datetime.fromisoformat(envelope["sent_at"])
            assert abs(off - timedelta(days=2000)) < timedelta(minutes=1)
            started = next(e for heard in appliance.heard for e in heard["events"] if e["kind"] == "started")
            assert datetime.fromisoformat(started["at"]).year == (datetime.now(UTC) - timedelta(days=2000)).year
            service.stop()
        session.stop(1)


def test_a_session_that_its_person_kills_is_an_entry(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance, enrolled_device(tmp_path / "device", appliance) as device:
        screen = Screen()
        screen.logins = [Login(id="s1", uid=os.getuid(), account=ME, since=datetime.now(UTC))]
        service = Service(load(device.folder / "agent.toml", AgentSettings), logins=screen)
        service.start()
        session = device.session()
        device.watched(session)
        assert session.stop(1)
        eventually(lambda: not [each for each in threading.enumerate() if each.name == "connection"])
        again = device.session()
        eventually(lambda: any(e["kind"] == "killed" for heard in appliance.heard for e in heard["events"]))
        (gap,) = (e for heard in appliance.heard for e in heard["events"] if e["kind"] == "killed")
        assert (gap["account"], gap["said"]) == (ME, BACK)
        assert gap["at"] < gap["until"]
        again.stop(1)
        service.stop()


def test_with_another_wish_for_the_model_it_begins_anew_by_itself(device: Device, appliance: AgentsAppliance) -> None:
    """That takes no kill, and none is told."""
    appliance.policy |= {"second_opinion": True, "version": "p2"}
    device.start()
    session = device.session()
    eventually(lambda: bool(appliance.heard) and appliance.heard[-1]["model_version"] != "", 90)
    device.watched(session)
    kinds = [event["kind"] for heard in appliance.heard for event in heard["events"]]
    assert kinds == ["started", "started"]
    assert device.processes[0].poll() is None
    session.stop(1)
    assert device.stop() == 0


def test_a_library_is_taken_up_without_a_restart_and_kept_where_only_this_device_reads_it(tmp_path: Path) -> None:
    key = SigningKey.generate()
    own = libraries.library(libraries.a("the old boathouse", hits=("the old boathouse",)))
    appliance = made_appliance(tmp_path / "box", library_key=bytes(key.verify_key))
    with listening(appliance), enrolled_device(tmp_path / "device", appliance) as device:
        device.start()
        session = device.session()
        device.watched(session)
        appliance.library = build(Bundle(library=own, serial=1, built_by="j.fox", built_at=datetime.now(UTC)), key)
        eventually(lambda: bool(appliance.heard) and appliance.heard[-1]["library_version"] == own.version)
        session.say(seen("meet me at the old boathouse"))
        eventually(lambda: len(appliance.reports) == 1)
        assert b"boathouse" not in b"".join(file.read_bytes() for file in device.state.iterdir() if file.is_file())
        device.kill()
        appliance.library = b""
        appliance.heard.clear()
        device.start()
        eventually(lambda: bool(appliance.heard) and appliance.heard[-1]["library_version"] == own.version, 60)
        session.stop(1)


@pytest.mark.parametrize("kills", [10, pytest.param(ROUNDS, marks=pytest.mark.slow)])
def test_killed_at_any_time_each_detected_sentence_arrives_once(
    device: Device, appliance: AgentsAppliance, kills: int
) -> None:
    chance = random.Random(kills)
    session, said = device.session(), list[Seen]()
    device.start()
    device.watched(session)
    for number in range(kills):
        until = time.monotonic() + chance.uniform(0, 5)
        while time.monotonic() < until:
            said += _said(session, number, len(said))
            time.sleep(chance.uniform(0.1, 0.6))  # a person, who types as they like
        device.kill()
        device.start()
    eventually(lambda: session.waiting == 0, 120)
    wanted = {each.text for each in said if HURTS in each.text and not each.text.endswith(AFTERWARDS)}
    eventually(lambda: {report.detection.observation.text for report in appliance.reports} >= wanted, 120)
    assert device.stop() == 0
    texts = {report.detection.observation.id: report.detection.observation.text for report in appliance.reports}
    assert sorted(texts.values()) == sorted(wanted)
    for id in texts:  # what was sent again, since a kill came before its answer, was the same to the last byte
        assert len({each["sealed"] for each in appliance.envelopes if each["id"] == id}) == 1
    assert sum(event["kind"] == "killed" for heard in appliance.heard for event in heard["events"]) <= kills


AFTERWARDS = "whatever"


def _said(session: Saying, number: int, so_far: int) -> list[Seen]:
    """Something harmless, something that is detected, and what its place then grows to."""
    place = f"field.{so_far}"
    hurts = seen(f"{HURTS}, said {_word(so_far)}", picture=PICTURE, place=place)
    said = [seen(f"a quiet afternoon {_word(so_far)}", picture=PICTURE), hurts]
    said.append(seen(f"{hurts.text} {AFTERWARDS}", picture=PICTURE, place=place))
    for each in said:
        session.say(each)
    return said


def test_a_device_that_was_revoked_sees_nothing_more_and_says_so(device: Device, appliance: AgentsAppliance) -> None:
    device.start()
    session = device.session()
    device.watched(session)
    appliance.revoked = True
    eventually(lambda: session.orders.paused == REVOKED)
    standing = ask_standing(device.socket)
    assert standing
    assert (standing.paused, standing.monitored) == (REVOKED, ())
    session.say(hurting(1))
    assert session.stop(20)
    device.kill()
    device.start()
    device.ready()
    again = ask_standing(device.socket)
    assert again
    assert again.paused == REVOKED
    assert appliance.reports == []
