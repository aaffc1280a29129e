"""What is on disk at one moment: in the gateway's outbox, in the appliance's database, in the vault."""

import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from detection.sealing import Opener
from detection.wire import parse
from tests.journeys.pupil import MARKER
from tests.journeys.stand import Stand

PNG = b"\x89PNG"


@dataclass(frozen=True)
class Letters:
    """The outbox as whoever opens it next will find it."""

    ids: dict[str, str]
    """Marker to the id of the detection that waits."""
    waiting: int
    """Letters of any kind."""
    set_aside: int


def letters(stand: Stand) -> Letters:
    """From a copy: opening the file itself would recover and tidy what the killed gateway left."""
    with tempfile.TemporaryDirectory(dir=stand.places.folder) as folder:
        copy = Path(folder) / stand.outbox.name
        for ending in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{stand.outbox}{ending}", f"{copy}{ending}")
        with closing(sqlite3.connect(copy)) as outbox:
            rows = outbox.execute("SELECT key, sealed FROM letters WHERE kind = 'detection'").fetchall()
            ((waiting, aside),) = outbox.execute("SELECT sum(aside IS NULL), sum(aside IS NOT NULL) FROM letters")
    opener = Opener(stand.places.private_key.read_bytes())
    texts = {id: parse(opener.open(sealed)).detection.observation.text for id, sealed in rows}
    ids = {marker: id for id, text in texts.items() for marker in re.findall(MARKER, text)}
    return Letters(ids, waiting or 0, aside or 0)


def filed(stand: Stand) -> Counter[str]:
    """How many captures, repeats of others apart, there are of each marker."""
    with closing(stand.database()) as database:
        texts = database.execute("SELECT text FROM captures WHERE duplicate_of IS NULL").fetchall()
    return Counter(marker for (text,) in texts for marker in re.findall(MARKER, text))


def claims(stand: Stand) -> set[tuple[str, str]]:
    """The captures a worker, alive or dead, has taken to draw for the first time, each with the end of its lease."""
    taken = (
        "SELECT id, draw_next_at FROM captures WHERE draw_state = 'due' AND draw_tries > 0 AND picture IS NULL "
        "AND draw_next_at > strftime('%Y-%m-%d %H:%M:%f', 'now', '+100 seconds')"
    )
    with closing(stand.database()) as database:
        return set(database.execute(taken).fetchall())


def channel_of(stand: Stand, id: str) -> str:
    with closing(stand.database()) as database:
        ((channel,),) = database.execute("SELECT channel FROM captures WHERE id = ?", (id,)).fetchall()
    return str(channel)


def unmarked_pictures(stand: Stand) -> set[str]:
    """In the vault, and no capture says that it is its own."""
    files = {file.name for file in stand.places.vault.glob("??/??/*") if len(file.name) == 64 and _is_png(file)}
    with closing(stand.database()) as database:
        return files - {name for (name,) in database.execute("SELECT picture FROM captures WHERE picture IS NOT NULL")}


def undrawn(stand: Stand) -> list[tuple[str, str]]:
    """Id and state of each capture with neither a picture nor a reason."""
    with closing(stand.database()) as database:
        return database.execute(
            "SELECT id, draw_state FROM captures WHERE NOT (draw_state = 'drawn' AND picture IS NOT NULL) "
            "AND NOT (draw_state = 'failed' AND draw_note != '')"
        ).fetchall()


def unread_bytes(*ports: int) -> int:
    """Bytes on the way through loopback connections with one end at any of these ports, read by nobody yet."""
    ends = {f"{port:04X}" for port in ports}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    queues = [row[4] for row in rows if {row[1].partition(":")[2], row[2].partition(":")[2]} & ends and row[3] != "0A"]
    return sum(int(part, 16) for queue in queues for part in queue.split(":"))


def _is_png(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == PNG
