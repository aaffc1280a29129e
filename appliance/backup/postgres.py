"""Records in PostgreSQL: copied into a file as they stood at one moment, and filled from such a file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from appliance import store
from appliance.backup import rows
from appliance.store import StoreError


def copy(url: str, to: Path, leave_out: tuple[str, ...]) -> None:
    """Into an SQLite file, the form all backups have, while programs go on writing."""
    into = f"sqlite:///{to.resolve()}"
    store.migrate(into)
    at_one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        _opened(url) as source,
        _opened(into) as target,
        source.connect().execution_options(**at_one_moment) as reading,
        target.begin() as writing,
    ):
        _must_be_same_version(reading, writing)
        rows.copy(reading, writing, leave_out)
    with closing(sqlite3.connect(to)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, with no journal beside it


def size(url: str) -> int:
    """About as many bytes as the copy will have."""
    with _opened(url) as engine, engine.connect() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def must_be_empty(url: str) -> None:
    """ValueError naming what is there already. Makes the tables where there are none yet."""
    store.migrate(url)
    with _opened(url) as engine, engine.connect() as connection:
        if there := rows.first_with_rows(connection):
            raise ValueError(
                f"{store.shown(url)}: has rows in {there} already, and nothing is written over; make an empty database "
                "with createdb, and name it in the settings"
            )


@contextmanager
def filling(url: str) -> Iterator[Connection]:
    """A connection for ``fill``: all that was filled in is there when the block ends well, and nothing when not."""
    with _opened(url) as engine, engine.begin() as connection:
        yield connection


def fill(target: Connection, file: Path) -> None:
    """From records of this version or an older one, which are brought up to date in the file."""
    url = f"sqlite:///{file.resolve()}"
    store.migrate(url)
    with _opened(url) as engine, engine.connect() as reading:
        _must_be_same_version(reading, target)
        rows.copy(reading, target)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    """Whatever the database says no to, such as a right or a disk that is missing, is a StoreError."""
    engine = store.engine(url)
    try:
        yield engine
    except DBAPIError as e:
        raise StoreError(f"the records cannot be copied: {str(e.orig).splitlines()[0]}") from e
    finally:
        engine.dispose()


def _must_be_same_version(one: Connection, other: Connection) -> None:
    asked = text("SELECT version_num FROM alembic_version")
    versions = [connection.scalar(asked) for connection in (one, other)]
    if versions[0] != versions[1]:
        raise StoreError(f"the records are of version {versions[0]} and {versions[1]}; start this release once first")
