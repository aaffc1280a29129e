"""Whatever is killed and whatever fails: what a pupil was answered arrives, once."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.appliance.deadline import eventually
from tests.journeys.failing import full, small_disk
from tests.journeys.killing import Killer
from tests.journeys.pupil import Pupil, Try
from tests.journeys.reckoning import Reckoning, reckon, settle
from tests.journeys.stages import WHOM, Stage, table
from tests.journeys.stand import PROGRAMS, Stand, stand
from tests.journeys.traces import letters

ROUNDS = int(os.environ.get("GATEHOUSE_ROUNDS", "200"))
AHEAD = timedelta(hours=3)
"""As gateway_with_wrong_clock.py has it."""
SLACK = timedelta(seconds=6)
"""The appliance leaves a clock alone that is about right."""


def test_each_program_is_killed_once_at_each_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    killed(tmp_path, capsys, rounds=len(WHOM), least=1)


@pytest.mark.slow
def test_each_program_is_killed_again_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    killed(tmp_path, capsys, rounds=ROUNDS, least=ROUNDS // 10)


def killed(folder: Path, capsys: pytest.CaptureFixture[str], rounds: int, least: int) -> None:
    with stand(folder, *PROGRAMS) as running:
        pupil, chance = a_pupil(running), random.Random(rounds)
        killer = Killer(running, pupil, chance)
        killer.rounds(rounds, least)
        settle(running)
        result = reckon(running, pupil.tries, killer.found)
        verified = running.verify()
    with capsys.disabled():
        print(f"\n{table(killer.kills)}\n  {result}")
    assert_nothing_wrong(result)
    assert verified.returncode == 0, verified.stdout
    hits = Counter(kill.stage for kill in killer.kills)
    assert all(hits[stage] >= least for stage in WHOM)


def test_without_the_commit_the_loss_shows(tmp_path: Path) -> None:
    """The same rounds and the same reckoning, of a gateway whose outbox never commits."""
    with stand(tmp_path, "appliance") as running, running.wrapped(wrapper("gateway_without_commit.py")):
        pupil = a_pupil(running)
        killer = Killer(running, pupil, random.Random(0))
        running.start("gateway")
        for _ in range(2):
            killer.round(Stage.SENDING)
        settle(running, drawn=False)
        result = reckon(running, pupil.tries, killer.found)
    assert result.lost
    assert {kill.stage for kill in killer.kills} == {Stage.ELSEWHERE}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A disk for the outbox alone; None where we may not mount one."""
    with small_disk(tmp_path_factory.mktemp("small") / "disk", kilobytes=16_384) as mounted:
        yield mounted


@pytest.fixture(scope="module")
def sensing(tmp_path_factory: pytest.TempPathFactory, small: Path | None) -> Iterator[Stand]:
    """Gateway and appliance: for what needs no picture."""
    with stand(tmp_path_factory.mktemp("sensing"), "appliance", "gateway", disk=small) as running:
        yield running


@pytest.fixture
def disk(small: Path | None) -> Path:
    if small is None:
        pytest.skip("may not mount a small disk")
    return small


@pytest.fixture(scope="module")
def pupil(sensing: Stand) -> Pupil:
    return a_pupil(sensing)


def test_the_appliance_is_away(sensing: Stand, pupil: Pupil) -> None:
    """For some seconds here; tests/detection/test_delivery.py has the hour."""
    with sensing.away("appliance"):
        some_things(pupil)
        eventually(lambda: sensing.sensor()["delivery_failures"] > 1)
    arrived(sensing, pupil)


def test_the_appliances_database_is_locked_for_a_moment(sensing: Stand, pupil: Pupil) -> None:
    with sensing.locked():
        some_things(pupil)
    arrived(sensing, pupil)


@pytest.mark.slow
def test_the_appliances_database_is_locked_until_it_says_later(sensing: Stand, pupil: Pupil) -> None:
    with sensing.locked():
        some_things(pupil)
        eventually(lambda: sensing.sensor()["delivery_error"] == "answer 503")
    arrived(sensing, pupil)


def test_the_outbox_is_locked_by_somebody_else(sensing: Stand, pupil: Pupil) -> None:
    with sensing.locked(sensing.outbox):
        pupil.answered(pupil.search)
        pupil.answered(pupil.page)
        arrived(sensing, pupil)
    eventually(lambda: sensing.sensor()["outbox_error"] == "")


def test_the_disk_is_full(sensing: Stand, pupil: Pupil, disk: Path) -> None:
    at_rest(sensing)
    with full(disk):
        some_things(pupil)
        arrived(sensing, pupil)
        eventually(lambda: sensing.sensor()["in_memory"] > 0)
        assert sensing.sensor()["unreported"] == 0


def test_the_disk_is_full_and_the_appliance_away(sensing: Stand, pupil: Pupil, disk: Path) -> None:
    """Once the disk has room again what was in memory is safe, even from a kill."""
    at_rest(sensing)
    with sensing.away("appliance"):
        with full(disk):
            done = some_things(pupil)
            assert not letters(sensing).ids
        eventually(lambda: letters(sensing).ids.keys() >= {marker for what in done for marker in what.markers})
        sensing.kill("gateway")
        sensing.start("gateway")
    arrived(sensing, pupil)


def test_the_gateways_clock_is_wrong(sensing: Stand, pupil: Pupil) -> None:
    """What it saw before it was killed, and sent after, is put right too."""
    before = datetime.now(UTC)
    with sensing.away("gateway"), sensing.wrapped(wrapper("gateway_with_wrong_clock.py")):
        sensing.start("gateway")
        done = some_things(pupil)
        sensing.wire.way_in.clear()
        done += some_things(pupil)
        sensing.kill("gateway")
        sensing.wire.open()
        sensing.start("gateway")
        arrived(sensing, pupil)
        sensing.kill("gateway")
    after = datetime.now(UTC)
    for what in done:
        for marker in what.markers:
            seen_at, reported_at = times(sensing, marker)
            assert before - SLACK < seen_at < after + SLACK
            assert before + AHEAD < reported_at < after + AHEAD


def test_in_the_end_the_chain_is_whole(sensing: Stand, pupil: Pupil) -> None:
    settle(sensing, drawn=False)
    arrived(sensing, pupil)
    verified = sensing.verify()
    assert verified.returncode == 0, verified.stdout


def a_pupil(running: Stand) -> Pupil:
    return Pupil(running.web, running.ports.proxy, random.Random(1))


def wrapper(name: str) -> Path:
    return Path(__file__).with_name(name)


def some_things(pupil: Pupil) -> list[Try]:
    """One of each kind, at the same time, each answered whole."""
    done = [pupil.search(), pupil.page(), pupil.post(), pupil.messages()]
    for what in done:
        pupil.await_answer(what)
    return done


def arrived(running: Stand, pupil: Pupil) -> None:
    eventually(lambda: not reckon(running, pupil.tries).lost, within=60)
    assert_nothing_wrong(reckon(running, pupil.tries))


def assert_nothing_wrong(result: Reckoning) -> None:
    assert (result.lost, result.twice, result.strange) == ((), (), ())


def at_rest(running: Stand) -> None:
    """Nothing waits in the outbox, and it has given back the room it does not need."""
    eventually(lambda: letters(running).waiting == 0 and Path(f"{running.outbox}-wal").stat().st_size == 0)


def times(running: Stand, marker: str) -> tuple[datetime, datetime]:
    """When it was seen by the appliance's clock, and when by the gateway's."""
    wanted = "SELECT seen_at, reported_at FROM captures WHERE duplicate_of IS NULL AND text LIKE ?"
    with closing(running.database()) as database:
        ((seen_at, reported_at),) = database.execute(wanted, (f"%{marker}%",)).fetchall()
    return datetime.fromisoformat(seen_at).replace(tzinfo=UTC), datetime.fromisoformat(reported_at).replace(tzinfo=UTC)
