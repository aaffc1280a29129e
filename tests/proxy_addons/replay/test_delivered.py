"""Delivered to the real appliance, twice: one row each."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from detection.sealed_address import opened
from detection.sealing import Opener, new_key
from proxy_addons.replay.command import main
from tests.detection import illegal
from tests.proxy_addons.appliance_double import appliance
from tests.proxy_addons.replay.delivering import sensor_settings
from tests.proxy_addons.replay.factories import Talk, answer, get, search, write

PROJECT = Path(__file__).parents[3]
GATEHOUSE = PROJECT / "scripts" / "gatehouse"


def gatehouse(*arguments: object, status: int = 0) -> str:
    done = subprocess.run([GATEHOUSE, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


@contextmanager
def running(config: Path) -> Iterator[str]:
    """The appliance; gives its address."""
    process = subprocess.Popen([GATEHOUSE, "appliance", "--config", config], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "listening on " in line
        yield line.rpartition(" ")[2].strip()
    finally:
        process.terminate()
        process.communicate(timeout=60)


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as db:
        found = db.execute(query).fetchall()
    db.close()
    return found


@pytest.mark.skipif(not (PROJECT / ".venv").exists(), reason="needs the appliance's environment")
def test_delivering_twice_makes_one_row(tmp_path: Path) -> None:
    gatehouse("keys", "new", tmp_path)
    config, database = tmp_path / "appliance.toml", tmp_path / "gatehouse.db"
    config.write_text(f'private_key = "appliance.key"\nvault = "vault"\ndatabase = "sqlite:///{database}"\nport = 0\n')
    gatehouse("school", "add", "Hillside", "--config", config)
    token = tmp_path / "token"
    gatehouse(
        "device", "add", "tester", "--kind", "replay", "--school", "hillside", "--token-file", token, "--config", config
    )
    talk = Talk().hello().up(search("i want to hurt myself")).down(answer())
    talk.up(get("/page", "diary.test")).down(answer(b"<p>some days i want to hurt myself badly</p>"))
    capture = write(tmp_path / "talk.pcap", talk.bye().packets)
    with running(config) as url:
        settings = sensor_settings(tmp_path, url, token=token, key=tmp_path / "appliance.pub")
        first, second = (json.loads(gatehouse("replay", capture, "--json", "--deliver", settings)) for _ in range(2))
    assert first == second
    ids = sorted(detection["id"] for detection in first["detections"])
    assert len(ids) == 2
    stored = rows(database, "SELECT id, marks, evidence_state FROM captures ORDER BY id")
    assert [(id, json.loads(str(marks)), state) for id, marks, state in stored] == [
        (id, ["replay"], "attached") for id in ids
    ]
    told = [rows(database, f"SELECT count(*) FROM {table}")[0][0] for table in ("entries", "notifications")]
    assert told == [0, 0]
    assert {detection["severity"] for detection in first["detections"]} & {4, 5}
    (replayed,) = rows(database, "SELECT DISTINCT replayed FROM incidents")
    assert replayed == (1,)


def test_listed_content_in_a_recording_is_delivered_sealed_and_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "illegal.pub").write_bytes(bytes(illegal.KEY.verify_key))
    illegal.write(tmp_path / "list", addresses=["listed.test"])
    talk = Talk().hello().up(get("/page", "listed.test")).down(answer(b"<p>nobody likes you</p>"))
    talk.up(get("/file", "diary.test")).down(answer(illegal.FILE, kind="image/png"))
    capture = write(tmp_path / "talk.pcap", talk.bye().packets)
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    with appliance(tmp_path / "private.key") as double:
        settings = sensor_settings(tmp_path, double.url)
        settings.write_text(f'{settings.read_text()}illegal_lists = ["list"]\nillegal_key = "illegal.pub"\n')
        assert [main([str(capture), "--deliver", str(settings)]) for _ in range(2)] == [0, 0]
    first, again = double.reports[:2], double.reports[2:]
    assert first == again
    assert [(r.detection.category, r.detection.severity, r.evidence) for r in first] == [("illegal", 5, None)] * 2
    assert [sorted(r.detection.observation.marks) for r in first] == [["replay", "withheld"]] * 2
    key = Opener((tmp_path / "private.key").read_bytes())
    assert [opened(r.detection.observation.location, key) for r in first] == [
        "http://listed.test/page",
        "http://diary.test/file",
    ]
