"""The worker does everything that is due, goes on after a fault, and stops when told to."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import incidents, worker
from appliance.agents.agents_watched import AgentsWatched
from appliance.backups_watched import BackupsWatched
from appliance.clock_watched import ClockWatched
from appliance.config import WorkerSettings
from appliance.drawing import Drawings
from appliance.health import Health
from appliance.mail_settings import MailSettings
from appliance.models import Capture, DrawState, NotificationChannel
from appliance.notifications.banner import Banner
from appliance.notifications.email import Email
from appliance.pauses_watched import PausesWatched
from appliance.room import Room
from appliance.room_watched import RoomWatched
from appliance.sending import Sender
from appliance.worker import Worker
from images.drawing import Drawing, Picture
from images.vault import Vault
from tests.appliance import factories, mailbox
from tests.appliance.deadline import eventually
from tests.appliance.factories import NOON
from tests.detection.service_manager_double import listening

SECRET = "words nobody may read in a log"


class Hand:
    """A renderer that fails on one text and draws every other."""

    def draw(self, drawing: Drawing) -> Picture:
        if drawing.text == SECRET:
            raise RuntimeError(SECRET)
        return Picture(png=b"a picture")


def made(sessions: sessionmaker[Session], tmp_path: Path, renderer: Any = None, **fields: Any) -> Worker:
    plain: dict[str, Any] = {
        "sender": Sender(sessions, {NotificationChannel.BANNER: Banner()}, "https://g.example"),
        "drawings": Drawings(sessions, Vault(tmp_path / "vault"), renderer or Hand()),
        "health": Health(sessions, ()),
        "pauses": PausesWatched(sessions),
        "backups": BackupsWatched(sessions, 7),
        "agents": AgentsWatched(sessions),
        "wall": ClockWatched(sessions),
        "room": RoomWatched(sessions, Room(places=(tmp_path,), recordings=0, pictures=0), None),
        "give_up_after": timedelta(minutes=15),
        "clock": lambda: NOON,
    }
    return Worker(**plain | fields)


@pytest.fixture
def filed(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    with sessions.begin() as session:
        oak = factories.school(session)
        incident, gate = factories.incident(session, oak), factories.device(session, oak)
        factories.capture(session, incident, gate, id="hard", text=SECRET, severity=5)
        factories.capture(session, incident, gate, id="easy")
    return sessions


def states(sessions: sessionmaker[Session]) -> dict[str, DrawState]:
    with sessions() as session:
        return {capture.id: capture.draw_state for capture in session.scalars(select(Capture))}


def test_one_capture_that_cannot_be_drawn_does_not_stop_the_others(
    filed: sessionmaker[Session], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    working = made(filed, tmp_path)
    while working.round():
        pass
    assert states(filed) == {"hard": DrawState.DUE, "easy": DrawState.DRAWN}
    assert SECRET not in caplog.text
    assert "capture hard was not drawn: RuntimeError at test_worker.py" in caplog.text


def test_a_fault_is_counted_and_work_goes_on(
    filed: sessionmaker[Session], tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "AFTER_FAULT", 0.0)
    faults = [RuntimeError(SECRET), RuntimeError(SECRET)]

    def clock() -> datetime:
        if faults:
            raise faults.pop()
        return NOON

    working, stop = made(filed, tmp_path, clock=clock), Event()
    thread = Thread(target=working.run, args=(stop,))
    thread.start()
    eventually(lambda: states(filed)["easy"] is DrawState.DRAWN)
    stop.set()
    thread.join()
    assert working.faults == 2
    assert SECRET not in caplog.text
    assert [record.levelno for record in caplog.records if "fault" in record.message] == [logging.ERROR] * 2


@pytest.fixture
def server() -> Iterator[mailbox.Mailbox]:
    with mailbox.running() as running:
        yield running


def test_the_program_mails_draws_and_stops_when_told(
    url: str, sessions: sessionmaker[Session], tmp_path: Path, server: mailbox.Mailbox
) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        factories.reviewer(session, oak, email="dsl@oak.example")
        now = datetime.now(UTC)
        incidents.record(
            session,
            factories.report("obs-1", severity=5, seen_at=now),
            factories.device(session, oak),
            content_sha256="",
            seen_at=now,
            received_at=now,
        )
    config = tmp_path / "worker.toml"
    config.write_text(f"""
        database = {json.dumps(url)}
        vault = "vault"
        console_url = "https://gatehouse.oak.example"
        [mail]
        host = "127.0.0.1"
        port = {server.port}
        sender = "gatehouse@oak.example"
        starttls = false
    """)
    command = [sys.executable, "-c", "import sys; from appliance.worker import main; sys.exit(main(sys.argv[1:]))"]
    with subprocess.Popen([*command, "--config", config], stdout=subprocess.PIPE, env={**os.environ}) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"gatehouse worker: running\n"
        eventually(lambda: states(sessions)["obs-1"] is DrawState.DRAWN, within=60)
        [message] = eventually(lambda: server.messages)
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert "https://gatehouse.oak.example/incidents/1" in message.get_content()
    with sessions() as session:
        capture = session.scalars(select(Capture)).one()
    assert Vault(tmp_path / "vault").get(capture.picture or "").startswith(b"\x89PNG")


def test_systemd_hears_of_every_round_even_of_one_that_fails(
    sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> datetime:
        raise OSError(SECRET)

    with listening(tmp_path, 0.004) as manager:
        for name, value in manager.surroundings.items():
            monkeypatch.setenv(name, value)
        stop = Event()
        monkeypatch.setattr(worker, "AFTER_FAULT", 0.01)
        running = Thread(target=made(sessions, tmp_path, clock=fails).run, args=(stop,))
        running.start()
        try:
            assert [manager.hears(20) for _ in range(3)] == ["WATCHDOG=1"] * 3
        finally:
            stop.set()
            running.join()
        manager.forget()
        assert manager.hears(0.2) == ""


def test_a_settings_file_with_a_mistake_ends_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "worker.toml"
    config.write_text('vault = "vault"\nconsole_url = "gatehouse"\n')
    with pytest.raises(SystemExit) as ended:
        worker.main(["--config", str(config)])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("gatehouse worker: ")
    assert "console_url must begin with https://" in said


def test_mail_is_a_way_of_telling_only_where_it_is_set_up() -> None:
    plain: dict[str, Any] = {"vault": Path("v"), "console_url": "https://g.example"}
    assert set(worker.transports(WorkerSettings(**plain))) == {NotificationChannel.BANNER}
    mail = MailSettings(host="mail.example", sender="g@g.example")
    assert isinstance(worker.transports(WorkerSettings(**plain, mail=mail))[NotificationChannel.EMAIL], Email)
