"""What several workers know together of refused handshakes: one small SQLite file in the gateway's state.

SQLite, since a refused app's devices are spread over the workers, who must count them together, a day's limit holds
for all of them, and commands read it while they run. No address is in it and no visit: devices and successes are keyed
hashes that end with the window, and only of what was refused the host is written out.
"""

import hmac
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from detection.private_file import make_privately
from proxy_addons.refusal_judgement import QUIET, TIMES, WINDOW

MOST_REFUSED = 50_000
MOST_ACCEPTED = 2_000_000
"""Rows, so that nobody fills a disk with made-up names."""

_TABLES = """
create table if not exists salt (bytes blob not null);
create table if not exists refused (
  client text, host text, device blob, times integer not null, last integer not null,
  primary key (client, host, device)) without rowid;
create table if not exists accepted (mark integer primary key, day integer not null);
create table if not exists trusting (device blob primary key, day integer not null) without rowid;
create table if not exists passes (
  client text, host text, state text not null, since integer not null, until integer,
  by text not null, why text not null,
  primary key (client, host)) without rowid;
"""
AUTOMATIC, CONFIRMED, DENIED = "automatic", "confirmed", "denied"
DAY = 86400


@dataclass(frozen=True, slots=True)
class Event:
    """A client of kind ``client`` at ``device`` accepted or refused the certificate it was shown for ``host``."""

    client: str
    host: str
    device: str
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    client: str
    host: str
    state: str
    since: datetime
    until: datetime | None
    by: str = ""
    why: str = ""

    def counts(self, now: datetime) -> bool:
        """One that begins in times to come was made by a clock that was wrong, and would end too late."""
        begun = self.since <= now + timedelta(days=1)
        return self.state != DENIED and begun and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Refused:
    """Refusals of one host by one kind of client, by devices that accept elsewhere."""

    client: str
    host: str
    devices: int
    refusals: int


class RefusalStore:
    """For one thread, and one short while."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._salt: bytes = self._db.execute("select bytes from salt").fetchone()[0]

    @classmethod
    @contextmanager
    def open(cls, file: Path) -> Iterator["RefusalStore"]:
        """All that is done with it is one transaction. Makes the file, readable by its owner only."""
        make_privately(file)
        with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            connection.execute("begin immediate")
            try:
                for statement in filter(str.strip, _TABLES.split(";")):
                    connection.execute(statement)
                if connection.execute("select 1 from salt").fetchone() is None:
                    connection.execute("insert into salt values (?)", (os.urandom(32),))
                yield cls(connection)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def add(self, events: Iterable[Event], now: datetime) -> None:
        second, day = _second(now), _second(now) // DAY
        for event in events:
            device = self._device(event.device)
            if event.accepted:
                for mark in (self._mark(event.client, event.host), self._mark(event.client, "")):
                    self._db.execute("insert or replace into accepted values (?, ?)", (mark, day))
                self._db.execute("insert or replace into trusting values (?, ?)", (device, day))
            else:
                self._db.execute(
                    "insert into refused values (?, ?, ?, 1, ?) on conflict do update set times = times + 1, last = ?",
                    (event.client, event.host, device, second, second),
                )

    def forget(self, now: datetime) -> None:
        """What is older than it counts, and the oldest of too much."""
        second, day = _second(now), _second(now) // DAY
        self._db.execute("delete from refused where last < ?", (second - _seconds(WINDOW),))
        self._db.execute("delete from trusting where day < ?", (day - WINDOW.days,))
        self._db.execute("delete from accepted where day < ?", (day - QUIET.days,))
        self._db.execute("delete from passes where until <= ?", (second,))
        for table, most, by in (("refused", MOST_REFUSED, "last"), ("accepted", MOST_ACCEPTED, "day")):
            self._keep(table, most, by)

    def _keep(self, table: str, most: int, by: str) -> None:
        """The newest ``most`` rows; the names are our own."""
        newest = f"select {by} from {table} order by {by} desc limit 1 offset {most}"  # noqa: S608
        if edge := self._db.execute(newest).fetchone():
            self._db.execute(f"delete from {table} where {by} <= ?", edge)  # noqa: S608

    def refused(self) -> list[Refused]:
        rows = self._db.execute(
            "select client, host, sum(times >= ?), sum(times) from refused"
            " where device in (select device from trusting) group by client, host order by host, client",
            (TIMES,),
        )
        return [Refused(*row) for row in rows]

    def accepted(self, client: str, host: str = "") -> bool:
        """Whether a client of the kind accepted there; without a host: anywhere."""
        found = self._db.execute("select 1 from accepted where mark = ?", (self._mark(client, host),)).fetchone()
        return found is not None

    def kinds_of(self, device: str) -> frozenset[str]:
        """Which kinds of clients at the device refused anything within the window. Not what: that would be visits."""
        rows = self._db.execute("select distinct client from refused where device = ?", (self._device(device),))
        return frozenset(str(client) for (client,) in rows)

    def trusts(self, device: str) -> bool:
        """Whether the device has accepted anything within the window."""
        found = self._db.execute("select 1 from trusting where device = ?", (self._device(device),)).fetchone()
        return found is not None

    def passes(self) -> list[Pass]:
        rows = self._db.execute("select client, host, state, since, until, by, why from passes order by host, client")
        return [
            Pass(client=c, host=h, state=s, since=_time(since), until=_time(until) if until else None, by=by, why=why)
            for c, h, s, since, until, by, why in rows
        ]

    def put(self, one: Pass) -> None:
        until = _second(one.until) if one.until else None
        row = (one.client, one.host, one.state, _second(one.since), until, one.by, one.why)
        self._db.execute("insert or replace into passes values (?, ?, ?, ?, ?, ?, ?)", row)

    def end(self, client: str, host: str) -> None:
        self._db.execute("delete from passes where client = ? and host = ?", (client, host))

    def _device(self, device: str) -> bytes:
        return hmac.digest(self._salt, f"device {device}".encode(), sha256)[:12]

    def _mark(self, client: str, host: str) -> int:
        return int.from_bytes(hmac.digest(self._salt, f"{client} {host}".encode(), sha256)[:8], "big", signed=True)


def _second(time: datetime) -> int:
    return int(time.timestamp())


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _time(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
