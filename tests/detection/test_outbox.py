"""What a sensor has seen stays on its disk, unreadable there, until the appliance has said yes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from detection.letters import Kind
from detection.outbox import Outbox, OutboxCounts, OutboxError, OutboxFull
from tests.detection.factories import NOW

DETECTION, SUPPLEMENT, BLOB = Kind.DETECTION, Kind.SUPPLEMENT, Kind.BLOB
NOTHING = OutboxCounts(waiting=0, blobs_waiting=0, set_aside=0, oldest_waiting=None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outbox.db"


@pytest.fixture
def outbox(file: Path) -> Iterator[Outbox]:
    outbox = Outbox(file)
    yield outbox
    outbox.close()


def put(outbox: Outbox, id: str, *blobs: str) -> None:
    outbox.put(
        id=id, reported_at=NOW, sealed=f"sealed {id}".encode(), blobs=[(b, f"sealed {b}".encode()) for b in blobs]
    )


def keys(outbox: Outbox, kind: Kind = DETECTION, now: float = 0) -> list[str]:
    return [letter.key for letter in outbox.due(kind, now, 100)]


def test_what_was_put_is_due_oldest_first(outbox: Outbox) -> None:
    for id in ("c", "a", "b"):
        put(outbox, id)
    assert keys(outbox) == ["c", "a", "b"]
    assert [letter.key for letter in outbox.due(DETECTION, 0, 2)] == ["c", "a"]
    (first, *_) = outbox.due(DETECTION, 0, 1)
    assert (first.sealed, first.reported_at, first.tries) == (b"sealed c", NOW.isoformat(), 0)


def test_the_same_id_again_changes_nothing(outbox: Outbox) -> None:
    put(outbox, "a", "x")
    outbox.put(id="a", reported_at=NOW, sealed=b"other", blobs=[("y", b"y")])
    assert [letter.sealed for letter in outbox.due(DETECTION, 0, 9)] == [b"sealed a"]
    assert outbox.counts().blobs_waiting == 1


def test_what_was_delivered_is_forgotten(outbox: Outbox) -> None:
    put(outbox, "a")
    put(outbox, "b")
    outbox.delivered(DETECTION, "a")
    outbox.delivered(DETECTION, "never put")
    assert keys(outbox) == ["b"]


def test_what_was_set_aside_is_kept_but_not_sent(outbox: Outbox) -> None:
    put(outbox, "a", "x")
    put(outbox, "b")
    outbox.set_aside(DETECTION, "a", "answer 422")
    assert keys(outbox) == ["b"]
    assert outbox.counts() == OutboxCounts(waiting=1, blobs_waiting=0, set_aside=1, oldest_waiting=NOW)


def test_a_supplement_for_a_delivered_detection_is_due_at_once(outbox: Outbox) -> None:
    put(outbox, "a")
    outbox.delivered(DETECTION, "a")
    outbox.put_supplement(id="a", reported_at=NOW, sealed=b"more")
    assert keys(outbox, SUPPLEMENT) == ["a"]


@pytest.mark.parametrize("aside_first", [True, False])
def test_a_supplement_shares_the_fate_of_a_refused_detection(outbox: Outbox, aside_first: bool) -> None:
    put(outbox, "a")
    if aside_first:
        outbox.set_aside(DETECTION, "a", "answer 422")
    outbox.put_supplement(id="a", reported_at=NOW, sealed=b"more", blobs=[("z", b"z")])
    if not aside_first:
        outbox.set_aside(DETECTION, "a", "answer 422")
    assert keys(outbox, SUPPLEMENT) == []
    assert outbox.counts() == OutboxCounts(waiting=0, blobs_waiting=0, set_aside=2, oldest_waiting=None)


def test_the_oldest_waiting_is_the_first_that_was_put(outbox: Outbox) -> None:
    outbox.put(id="a", reported_at=NOW - timedelta(hours=3), sealed=b"a")
    outbox.put(id="b", reported_at=NOW, sealed=b"b")
    assert outbox.counts().oldest_waiting == NOW - timedelta(hours=3)
    outbox.delivered(DETECTION, "a")
    assert outbox.counts().oldest_waiting == NOW


def test_everything_is_there_after_a_restart_and_due_at_once(outbox: Outbox, file: Path) -> None:
    put(outbox, "a", "x")
    outbox.retry_at(DETECTION, "a", 1e9)
    outbox.close()
    again = Outbox(file)
    assert keys(again) == ["a"]
    assert again.counts().blobs_waiting == 1
    again.close()


def test_only_the_owner_may_read_the_files(outbox: Outbox, file: Path) -> None:
    put(outbox, "a")
    files = list(file.parent.iterdir())
    assert len(files) == 3
    assert {f.stat().st_mode & 0o777 for f in files} == {0o600}


def test_what_was_delivered_does_not_linger_on_the_disk(outbox: Outbox, file: Path) -> None:
    for i in range(50):
        outbox.put(id=str(i), reported_at=NOW, sealed=b"MARKED" * 2000)
    outbox.tidy()
    large = file.stat().st_size
    for i in range(50):
        outbox.delivered(DETECTION, str(i))
    outbox.tidy()
    assert not [f.name for f in file.parent.iterdir() if b"MARKED" in f.read_bytes()]
    assert file.stat().st_size < large / 4


def test_a_full_outbox_says_so_and_keeps_what_it_has(file: Path) -> None:
    outbox = Outbox(file, max_bytes=300_000)
    put(outbox, "a")
    with pytest.raises(OutboxFull, match=r"outbox\.db: database or disk is full"):
        outbox.put(id="b", reported_at=NOW, sealed=b"b", blobs=[("x", bytes(400_000))])
    assert outbox.counts() == OutboxCounts(waiting=1, blobs_waiting=0, set_aside=0, oldest_waiting=NOW)
    put(outbox, "c")
    outbox.delivered(DETECTION, "a")
    assert keys(outbox) == ["c"]
    outbox.close()


def sqlite_of_another(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE shopping (item TEXT)")
    db.commit()
    db.close()


def outbox_from_the_future(file: Path) -> None:
    Outbox(file).close()
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"minutes of the parents' evening\n" * 200),
        lambda file: file.write_bytes(b"short"),
        lambda file: file.mkdir(),
        sqlite_of_another,
        outbox_from_the_future,
    ],
    ids=["text", "short", "folder", "foreign", "future"],
)
def test_what_is_no_outbox_is_refused_by_name(file: Path, spoil: Callable[[Path], object]) -> None:
    spoil(file)
    with pytest.raises(OutboxError, match=r"outbox\.db: "):
        Outbox(file)


def test_a_foreign_file_is_left_as_it_is(file: Path) -> None:
    sqlite_of_another(file)
    file.chmod(0o644)
    before = file.read_bytes()
    with pytest.raises(OutboxError, match="is not an outbox"):
        Outbox(file)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (before, 0o644)
    assert [f.name for f in file.parent.iterdir()] == [file.name]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match=r"nowhere/outbox\.db: No such file"):
        Outbox(tmp_path / "nowhere" / "outbox.db")


def test_a_damaged_outbox_is_an_outbox_error(file: Path) -> None:
    outbox = Outbox(file)
    for i in range(200):
        outbox.put(id=str(i), reported_at=NOW, sealed=bytes(1000))
    outbox.close()
    with file.open("r+b") as raw:
        raw.seek(8192)
        raw.write(b"\xff" * (file.stat().st_size - 8192))
    with pytest.raises(OutboxError, match=r"outbox\.db: "):
        keys(Outbox(file))


def put_all(outbox: Outbox, ids: list[str]) -> None:
    for id in ids:
        put(outbox, id, "shared")


def test_one_thread_puts_while_another_delivers(outbox: Outbox) -> None:
    ids = [f"{i:03}" for i in range(200)]
    writer = Thread(target=put_all, args=(outbox, ids))
    writer.start()
    delivered: list[str] = []
    while writer.is_alive() or outbox.counts().waiting:
        for key in keys(outbox):
            outbox.delivered(DETECTION, key)
            delivered.append(key)
        for name in keys(outbox, BLOB):
            outbox.delivered(BLOB, name)
    writer.join()
    for name in keys(outbox, BLOB):
        outbox.delivered(BLOB, name)
    assert delivered == ids
    assert outbox.counts() == NOTHING


PUT_FOR_EVER = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from detection.outbox import Outbox

outbox = Outbox(Path(sys.argv[1]))
for i in count(int(sys.argv[2])):
    outbox.put(id=str(i), reported_at=datetime.now(UTC), sealed=bytes(3000), blobs=[(f"blob-{i}", bytes(5000))])
    print(i, flush=True)
"""


def test_nothing_that_was_put_is_lost_to_a_kill(file: Path) -> None:
    printed: list[str] = []
    for round_ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", PUT_FOR_EVER, str(file), str(round_ * 1000)], stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout
            printed += [child.stdout.readline().strip() for _ in range(40 + 7 * round_)]
            os.kill(child.pid, 9)
            printed += child.stdout.read().split()
    outbox = Outbox(file)
    found = [letter.key for letter in outbox.due(DETECTION, 0, 10_000)]
    assert set(printed) <= set(found)
    assert len(found) == len(set(found))
    for key in found:
        outbox.delivered(DETECTION, key)
    assert len(outbox.due(BLOB, 0, 10_000)) == len(found)
    outbox.close()
