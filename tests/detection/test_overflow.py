"""What the disk does not take is sent from memory, and goes to the disk as soon as it can."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from detection.client import Client, ClientSettings
from detection.delivery import Delivery
from detection.letters import Kind
from detection.outbox import Outbox
from detection.overflow import Overflow
from detection.sensor_health import SensorTally
from tests.detection.factories import NOW
from tests.detection.scripted_appliance import Scripted, ScriptedAppliance, eventually, token_file


@dataclass
class Kept:
    file: Path
    disk: Outbox
    overflow: Overflow
    tally: SensorTally

    def put(self, id: str) -> None:
        self.overflow.put(id=id, reported_at=NOW, sealed=f"sealed {id}".encode())


@pytest.fixture
def kept(appliance: ScriptedAppliance, tmp_path: Path) -> Iterator[Kept]:
    client = Client(ClientSettings(appliance_url=appliance.url, token_file=token_file(tmp_path)))
    disk, memory, tally = Outbox(tmp_path / "outbox.db"), Outbox(None), SensorTally(outbox_error="full")
    overflow = Overflow(disk, memory, Delivery(memory, client), tally)
    yield Kept(tmp_path / "outbox.db", disk, overflow, tally)
    overflow.stop(20)
    client.close()
    disk.close()


def test_it_is_sent_without_the_disk(kept: Kept, appliance: ScriptedAppliance) -> None:
    kept.disk.close()
    kept.overflow.start()
    kept.put("a")
    kept.put("b")
    assert kept.overflow.drain(20)
    assert appliance.order == ["POST a", "POST b"]
    assert kept.tally.outbox_error == "full"


def test_while_the_appliance_is_away_it_goes_to_the_disk(kept: Kept, appliance: ScriptedAppliance) -> None:
    appliance.afterwards = Scripted(503)
    kept.overflow.start()
    kept.put("a")
    assert kept.overflow.drain(20)
    (letter,) = kept.disk.due(Kind.DETECTION, 0, 9)
    assert (letter.key, letter.reported_at, letter.sealed) == ("a", NOW.isoformat(), b"sealed a")
    assert kept.tally.outbox_error == ""


def test_with_neither_it_waits_for_the_first_of_them(kept: Kept, appliance: ScriptedAppliance) -> None:
    appliance.afterwards = Scripted(503)
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        kept.overflow.start()
        kept.put("a")
        eventually(lambda: bool(appliance.asked))
        assert not kept.overflow.drain(0.1)
        other.execute("ROLLBACK")
    assert kept.overflow.drain(20)
    assert kept.disk.counts().waiting == 1


def test_a_disk_that_works_again_is_noticed_though_nothing_is_left_for_it(
    kept: Kept, appliance: ScriptedAppliance
) -> None:
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        kept.overflow.start()
        kept.put("a")
        assert kept.overflow.drain(20)
        assert kept.tally.outbox_error == "full"
        other.execute("ROLLBACK")
    eventually(lambda: kept.tally.outbox_error == "")
    assert appliance.order == ["POST a"]


def test_the_end_of_the_program_is_a_last_chance_for_the_disk(kept: Kept) -> None:
    kept.put("a")
    assert kept.overflow.stop(20)
    assert kept.disk.counts().waiting == 1


def test_what_is_lost_at_the_end_is_said(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    kept.disk.close()
    kept.put("a")
    assert not kept.overflow.stop(20)
    assert "1 detections that the disk did not take are lost" in caplog.text
