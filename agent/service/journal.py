"""What happened to the agent itself, until the appliance has it: kept over a kill, without a word of anybody's."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from uuid import uuid4

MOST = 5000
"""Events kept; the oldest go first."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, at TEXT NOT NULL, "
    "until TEXT, kind TEXT NOT NULL, account TEXT NOT NULL, said TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS sign_ins (id TEXT PRIMARY KEY, account TEXT NOT NULL, since TEXT NOT NULL, "
    "until TEXT, local INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)


class Happened(StrEnum):
    STARTED = "started"
    STOPPED = "stopped"
    """By an administrator."""
    KILLED = "killed"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOCK = "clock"
    DROPPED = "dropped"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    id: str
    at: datetime
    until: datetime | None
    kind: str
    account: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    id: str
    account: str
    since: datetime
    until: datetime | None = None
    local: bool = False


class Journal:
    """Usable from several threads; OSError where the file cannot be used."""

    def __init__(self, file: Path) -> None:
        self._lock = Lock()
        try:
            self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            file.chmod(0o600)
            # A kill loses nothing of it; a power cut may take the last seconds, which only make a gap longer.
            for setting in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY"):
                self._db.execute(f"PRAGMA {setting}")
            for statement in _SCHEMA:
                self._db.execute(statement)
        except sqlite3.Error as e:
            raise OSError(f"{file}: cannot be used as the journal: {e}; remove it and start again") from e

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def add(
        self, kind: Happened, at: datetime, *, until: datetime | None = None, account: str = "", said: str = ""
    ) -> None:
        row = (uuid4().hex, _written(at), _written(until), kind, account, said)
        with self._lock:
            self._db.execute("INSERT INTO events (id, at, until, kind, account, said) VALUES (?, ?, ?, ?, ?, ?)", row)
            self._db.execute("DELETE FROM events WHERE seq <= (SELECT max(seq) FROM events) - ?", (MOST,))

    def events(self) -> list[Event]:
        """The oldest first."""
        return [
            Event(id=id, at=_read(at), until=_read(until) if until else None, kind=kind, account=account, said=said)
            for id, at, until, kind, account, said in self._rows(
                "SELECT id, at, until, kind, account, said FROM events ORDER BY seq"
            )
        ]

    def answered(self, events: Iterable[Event], sign_ins: Iterable[SignIn]) -> None:
        """The appliance has these; of a sign-in that lasts, what it has so far."""
        with self._lock:
            self._db.executemany("DELETE FROM events WHERE id = ?", [(event.id,) for event in events])
            ended = [(each.id,) for each in sign_ins if each.until]
            self._db.executemany("DELETE FROM sign_ins WHERE id = ? AND until IS NOT NULL", ended)

    def sign_ins(self) -> list[SignIn]:
        return [
            SignIn(id=id, account=account, since=_read(since), until=_read(until) if until else None, local=bool(local))
            for id, account, since, until, local in self._rows(
                "SELECT id, account, since, until, local FROM sign_ins ORDER BY since, id"
            )
        ]

    def begin(self, each: SignIn) -> None:
        """Once, however often it is said."""
        with self._lock:
            self._db.execute(
                "INSERT OR IGNORE INTO sign_ins (id, account, since, local) VALUES (?, ?, ?, ?)",
                (each.id, each.account, _written(each.since), each.local),
            )

    def end(self, id: str, at: datetime) -> None:
        with self._lock:
            self._db.execute("UPDATE sign_ins SET until = ? WHERE id = ? AND until IS NULL", (_written(at), id))

    def shift(self, seconds: float) -> None:
        """The clock was set: what is told here counts by the clock as it is now."""
        by = timedelta(seconds=seconds)
        events, sign_ins = self.events(), self.sign_ins()
        with self._lock:
            for event in events:
                row = (_written(event.at + by), _written(event.until and event.until + by), event.id)
                self._db.execute("UPDATE events SET at = ?, until = ? WHERE id = ?", row)
            for each in sign_ins:
                row = (_written(each.since + by), _written(each.until and each.until + by), each.id)
                self._db.execute("UPDATE sign_ins SET since = ?, until = ? WHERE id = ?", row)

    def mark(self, name: str, value: str) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> str:
        """Empty where it never was."""
        rows = self._rows("SELECT value FROM marks WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple]:  # type: ignore[type-arg]  # SQL
        with self._lock:
            return self._db.execute(query, values).fetchall()


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _read(at: str) -> datetime:
    return datetime.fromisoformat(at)
